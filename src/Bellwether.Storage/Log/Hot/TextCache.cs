using System.IO.Hashing;
using System.Text;

namespace Bellwether.Storage.Log.Hot;

/// <summary>Gives one string for equal texts, as long as they are few: categories, versions, classes repeat row by row.</summary>
internal sealed class TextCache
{
    private const int Limit = 4096;

    private readonly Dictionary<ulong, string> _texts = [];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > 64) { return Encoding.UTF8.GetString(utf8); }
        ulong hash = XxHash3.HashToUInt64(utf8);
        Span<byte> stored = stackalloc byte[64];
        if (_texts.TryGetValue(hash, out string? text) && Encoding.UTF8.TryGetBytes(text, stored, out int length) && utf8.SequenceEqual(stored[..length])) { return text; }
        text = Encoding.UTF8.GetString(utf8);
        if (_texts.Count < Limit) { _texts[hash] = text; }
        return text;
    }

    public string? Get(NativeVector vector, long row) => vector.IsNull(row) ? null : Get(vector.Bytes(row));
}
