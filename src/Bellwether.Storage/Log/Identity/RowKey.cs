using System.IO.Hashing;

namespace Bellwether.Storage.Log.Identity;

/// <summary>128-bit hash of an id: among 10⁹ ids two are mistaken for one with a chance of 10⁻²¹.</summary>
internal readonly record struct RowKey(ulong High, ulong Low)
{
    public static RowKey Of(ReadOnlySpan<byte> id)
    {
        var hash = XxHash128.HashToUInt128(id);
        return new RowKey((ulong)(hash >> 64), (ulong)hash);
    }

    /// <summary>The hash is already uniform.</summary>
    public override int GetHashCode() => (int)Low;
}
