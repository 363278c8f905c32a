using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>A table that a case names as input: columns of text, with null where nothing stands.</summary>
internal sealed class GoldenTable
{
    /// <summary>What pandas reads as missing.</summary>
    private static readonly HashSet<string> NoValue =
        ["", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "null", "NULL", "#N/A", "#NA", "<NA>", "1.#QNAN", "1.#IND", "-1.#QNAN", "-1.#IND"];

    private readonly Dictionary<string, string?[]> _columns;
    private readonly Dictionary<string, double[]> _numbers = [];

    private GoldenTable(Dictionary<string, string?[]> columns, int rows)
    {
        _columns = columns;
        RowCount = rows;
    }

    public int RowCount { get; }

    /// <summary>Whether every file that the case names can be read here: a Parquet file cannot.</summary>
    public static bool AreReadable(JsonElement inputs) => inputs.EnumerateObject()
        .Where(input => input.Value.ValueKind == JsonValueKind.Object && input.Value.TryGetProperty("file", out _))
        .All(input => input.Value.GetProperty("file").GetString()!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    /// <param name="input"><c>{"file", "firstRow"?, "rows"?, "where"?}</c>; <c>where</c> names columns and the value that each has in the rows asked.</param>
    public static GoldenTable Read(JsonElement input)
    {
        string text = File.ReadAllText(GoldenFolder.Input(input.GetProperty("file").GetString()!));
        var records = Records(text).ToList();
        string[] names = records[0];
        var rows = records.Skip(1);
        if (input.TryGetProperty("where", out var where) && where.ValueKind == JsonValueKind.Object)
        {
            foreach (var condition in where.EnumerateObject())
            {
                int column = Array.IndexOf(names, condition.Name);
                string wanted = condition.Value.ToString();
                rows = rows.Where(row => row[column] == wanted);
            }
        }
        if (input.TryGetProperty("firstRow", out var first)) { rows = rows.Skip(first.GetInt32()); }
        if (input.TryGetProperty("rows", out var count)) { rows = rows.Take(count.GetInt32()); }
        string[][] kept = [.. rows];
        var columns = names.Select((name, i) => (name, values: kept.Select(row => NoValue.Contains(row[i]) ? null : row[i]).ToArray()));
        return new GoldenTable(columns.ToDictionary(pair => pair.name, pair => pair.values), kept.Length);
    }

    /// <summary>The rows in the order of a column's text, such as ISO times.</summary>
    public GoldenTable OrderedBy(string column)
    {
        int[] order = [.. Enumerable.Range(0, RowCount).OrderBy(i => _columns[column][i], StringComparer.Ordinal)];
        return new GoldenTable(_columns.ToDictionary(pair => pair.Key, pair => order.Select(i => pair.Value[i]).ToArray()), RowCount);
    }

    public string?[] Text(string column) => _columns[column];

    /// <summary>Whether all that stands in the column are numbers; so pandas takes it for continuous.</summary>
    public bool IsNumeric(string column) => _columns[column].All(value => value is null || double.TryParse(value, CultureInfo.InvariantCulture, out _));

    /// <summary>The column's numbers, NaN where nothing stands.</summary>
    public double[] Numbers(string column)
    {
        if (!_numbers.TryGetValue(column, out double[]? numbers))
        {
            numbers = [.. _columns[column].Select(value => value is null ? double.NaN : double.Parse(value, CultureInfo.InvariantCulture))];
            _numbers.Add(column, numbers);
        }
        return numbers;
    }

    private static IEnumerable<string[]> Records(string text)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(c);
                i++;
            }
            else if (c == '"') { quoted = !quoted; }
            else if (quoted || c is not (',' or '\n' or '\r')) { field.Append(c); }
            else if (c != '\r')
            {
                record.Add(field.ToString());
                field.Clear();
                if (c == ',') { continue; }
                yield return [.. record];
                record.Clear();
            }
        }
        if (field.Length == 0 && record.Count == 0) { yield break; }
        record.Add(field.ToString());
        yield return [.. record];
    }
}
