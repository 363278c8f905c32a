using System.Text.Json;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Reads one kind of row out of JSON: predictions, outcomes.</summary>
internal interface IJsonRow
{
    /// <summary>Reads the object that the reader stands on; the reason when it is refused, null when it is good and the reader stands on its end.</summary>
    string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source);

    /// <summary>Keeps the row read last.</summary>
    void Commit(int row);

    /// <summary>Forgets the row read last.</summary>
    void Abandon();
}
