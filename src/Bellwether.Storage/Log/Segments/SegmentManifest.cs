using System.Globalization;
using Bellwether.Storage.Log.Hot;
using DuckDB.NET.Data;

namespace Bellwether.Storage.Log.Segments;

/// <summary>
/// The tables that say which segments there are, and which hot tables they have replaced. They lie beside the hot rows, so that rows go from
/// one to the other in one transaction; a file that is not listed, and a table that is listed as retired, are leftovers.
/// </summary>
internal static class SegmentManifest
{
    public const string Tables =
        "CREATE TABLE IF NOT EXISTS segments (model INTEGER, period VARCHAR, revision INTEGER, file VARCHAR, sha256 VARCHAR, sizeBytes BIGINT, rowCount BIGINT, "
        + "firstAt TIMESTAMP, lastAt TIMESTAMP, firstCountedAt TIMESTAMP, lastCountedAt TIMESTAMP, schema INTEGER); "
        + "CREATE TABLE IF NOT EXISTS retired (name VARCHAR)";

    public static List<Segment> Load(DuckDBConnection connection) => connection.Rows(
        "SELECT model, period, revision, file, sha256, sizeBytes, rowCount, epoch_us(firstAt), epoch_us(lastAt), epoch_us(firstCountedAt), epoch_us(lastCountedAt), schema FROM segments",
        row => new Segment(
            row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6),
            row.GetInt64(7), row.GetInt64(8), row.IsDBNull(9) ? null : row.GetInt64(9), row.IsDBNull(10) ? null : row.GetInt64(10), row.GetInt32(11)));

    public static List<string> LoadRetired(DuckDBConnection connection) => connection.Rows("SELECT name FROM retired", row => row.GetString(0));

    /// <summary>Part of the transaction that moves rows.</summary>
    public static void Move(DuckDBConnection connection, IEnumerable<Segment> added, IEnumerable<Segment> replaced, IEnumerable<HotTable> retired)
    {
        foreach (var segment in replaced) { connection.Execute($"DELETE FROM segments WHERE file = {Engine.Quote(segment.File)}"); }
        foreach (var s in added)
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO segments VALUES ({s.Model}, {Engine.Quote(s.Period)}, {s.Revision}, {Engine.Quote(s.File)}, {Engine.Quote(s.Sha256)}, {s.SizeBytes}, {s.Rows}, "
                + $"{Time(s.First)}, {Time(s.Last)}, {Time(s.FirstCounted)}, {Time(s.LastCounted)}, {s.Schema})"));
        }
        foreach (var table in retired) { connection.Execute($"INSERT INTO retired VALUES ({Engine.Quote(table.Name)})"); }
    }

    /// <summary>Drops a retired table and forgets it, in the caller's transaction.</summary>
    public static void Drop(DuckDBConnection connection, string table) =>
        connection.Execute($"DROP TABLE IF EXISTS {table}; DELETE FROM retired WHERE name = {Engine.Quote(table)}");

    private static string Time(long? micros) => micros is { } value ? string.Create(CultureInfo.InvariantCulture, $"make_timestamp({value})") : "NULL";
}
