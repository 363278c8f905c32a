using Bellwether.Storage.Log.Tables;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Opens the table that a body is.</summary>
internal static class TableBody
{
    /// <summary>Hands the table to <paramref name="read"/>; Parquet is spooled to a file in <paramref name="temporaryFolder"/> meanwhile.</summary>
    public static int Read(ReadOnlyMemory<byte> body, BodyFormat format, string temporaryFolder, Func<RowTable, int> read)
    {
        if (format == BodyFormat.Csv)
        {
            using var csv = new CsvTable(body);
            return read(csv);
        }
        Directory.CreateDirectory(temporaryFolder);
        string path = Path.Combine(temporaryFolder, $"body-{Guid.NewGuid():N}.parquet");
        try
        {
            File.WriteAllBytes(path, body.Span);
            using var parquet = new ParquetTable(path, temporaryFolder);
            return read(parquet);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
