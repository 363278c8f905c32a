using System.Text;
using System.Text.Json;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>
/// Finds the property a reader stands on. Senders write rows alike, so what followed a property last time is tried first:
/// one comparison a property instead of a search.
/// </summary>
internal sealed class PropertyTable(params string[] names)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];
    private readonly int[] _next = [.. Enumerable.Range(0, names.Length + 1)];

    /// <summary>Its index, −1 when unknown.</summary>
    /// <param name="reader">Stands on a property's name.</param>
    /// <param name="last">The property before, −1 for the first.</param>
    public int Find(ref Utf8JsonReader reader, int last)
    {
        int guess = _next[last + 1];
        if (guess < _names.Length && reader.ValueTextEquals(_names[guess])) { return guess; }
        for (int i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i])) { return _next[last + 1] = i; }
        }
        return -1;
    }
}
