using System.Security.Cryptography;
using Bellwether.Server.Hosting;
using Microsoft.Net.Http.Headers;

namespace Bellwether.Server.Drift;

/// <summary>A reference on its way in: a file in the data folder, removed when it has been read.</summary>
internal sealed class ReferenceUpload : IDisposable
{
    /// <summary>The largest file taken.</summary>
    public const long MaximumBytes = 1L << 30;

    private static readonly byte[] ParquetMagic = "PAR1"u8.ToArray();

    private ReferenceUpload(string path, string digest) => (FilePath, Digest) = (path, digest);

    public string FilePath { get; }

    /// <summary>SHA-256 of the file, in hex.</summary>
    public string Digest { get; }

    /// <summary>Whether a content type may carry a table; what it is, its first bytes say.</summary>
    public static bool Takes(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Value?.ToLowerInvariant()
        is "application/csv" or "text/csv" or "application/vnd.apache.parquet" or "application/parquet" or "application/x-parquet" or "application/octet-stream";

    /// <summary>Stores a body; null when it is larger than <see cref="MaximumBytes"/>.</summary>
    public static async Task<ReferenceUpload?> StoreAsync(Stream body, DataFolder data, CancellationToken cancellationToken)
    {
        string path = Path.Combine(data.Incoming, Guid.NewGuid().ToString("N"));
        bool keep = false;
        try
        {
            string digest;
            byte[] first = new byte[ParquetMagic.Length];
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                byte[] buffer = new byte[1 << 16];
                while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                {
                    if (file.Length + read > MaximumBytes) { return null; }
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
                digest = Convert.ToHexStringLower(hash.GetHashAndReset());
                file.Position = 0;
                await file.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
            }
            string named = path + (first.AsSpan().SequenceEqual(ParquetMagic) ? ".parquet" : ".csv");
            File.Move(path, named);
            keep = true;
            return new ReferenceUpload(named, digest);
        }
        finally
        {
            if (!keep) { File.Delete(path); }
        }
    }

    public void Dispose() => File.Delete(FilePath);
}
