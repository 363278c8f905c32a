using System.Buffers;

namespace Bellwether.Storage.Log;

/// <summary>A body read whole into a pooled array, which must outlive the journal's write.</summary>
internal sealed class BodyReader : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 << 10);
    private int _length;

    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, _length);

    /// <exception cref="BodyTooLargeException">More bytes than the format may have.</exception>
    public static async Task<BodyReader> ReadAsync(Stream stream, BodyFormat format, CancellationToken cancellationToken)
    {
        int limit = format is BodyFormat.Json or BodyFormat.NdJson ? IngestLimits.JsonBytes : IngestLimits.TableBytes;
        var reader = new BodyReader();
        try
        {
            while (true)
            {
                if (reader._length == reader._bytes.Length) { reader.Grow(); }
                int read = await stream.ReadAsync(reader._bytes.AsMemory(reader._length), cancellationToken);
                if (read == 0) { return reader; }
                reader._length += read;
                if (reader._length > limit) { throw new BodyTooLargeException($"A {format} body holds at most {limit >> 20} MiB; send several."); }
            }
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _bytes.Length);
        _bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
