using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The columns of a comma-separated file that a case names as input, as text.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, string[]> _columns;

    private CsvColumns(Dictionary<string, string[]> columns, int rows) => (_columns, Rows) = (columns, rows);

    public int Rows { get; }

    /// <summary>Whether the input is a file of this kind.</summary>
    public static bool Reads(JsonElement input) => input.GetProperty("file").GetString()!.EndsWith(".csv", StringComparison.Ordinal);

    /// <summary>Reads <c>{"file", "firstRow"?, "rows"?}</c>.</summary>
    public static CsvColumns Load(JsonElement input)
    {
        string[] lines = [.. File.ReadLines(GoldenFolder.Input(input.GetProperty("file").GetString()!)).Where(line => line.Length > 0)];
        string[] names = Split(lines[0]);
        int first = input.TryGetProperty("firstRow", out var from) ? from.GetInt32() : 0;
        int rows = input.TryGetProperty("rows", out var count) ? count.GetInt32() : lines.Length - 1 - first;
        string[][] cells = [.. lines.Skip(1 + first).Take(rows).Select(Split)];
        return new CsvColumns(names.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => cells.Select(row => row[column.i]).ToArray()), cells.Length);
    }

    public IReadOnlyCollection<string> Names => _columns.Keys;

    public bool Has(string name) => _columns.ContainsKey(name);

    public string[] Texts(string name) => _columns[name];

    /// <summary>The first of these columns that there is.</summary>
    public string First(params string[] names) => names.First(Has);

    public double[] Numbers(string name) => [.. _columns[name].Select(text => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture))];

    public bool[] Flags(string name) => [.. Numbers(name).Select(value => value == 1)];

    private static string[] Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) { return line.Split(','); }
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"') { quoted = !quoted; }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else { cell.Append(c); }
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
