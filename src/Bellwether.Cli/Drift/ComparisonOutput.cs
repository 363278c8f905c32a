using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bellwether.Monitoring.Drift;
using Spectre.Console;

namespace Bellwether.Cli.Drift;

/// <summary>A comparison for people and for programs.</summary>
internal static class ComparisonOutput
{
    private const string CannotTell = "–";

    public static void Print(IAnsiConsole console, IReadOnlyList<ColumnComparison> comparisons)
    {
        var table = new Table().AddColumns("Column", "Type");
        foreach (string name in (string[])["PSI", "KS", "JS", "Wasserstein/σ", "Mean shift/σ", "Nulls", "Unseen", "Type errors"]) { table.AddColumn(new TableColumn(name).RightAligned()); }
        foreach (var c in comparisons.OrderByDescending(c => c.Psi ?? double.PositiveInfinity))
        {
            table.AddRow(
                Markup.Escape(ColumnWords.Of(c.Column)), c.Type, Score(c.Psi), Score(c.Ks), Score(c.JensenShannon), Score(c.Wasserstein), Signed(c.MeanShift),
                $"{Percent(c.NullShareReference)} → {Percent(c.NullShare)}", c.UnseenShare is { } unseen ? Percent(unseen) : CannotTell, Percent(c.TypeErrorShare));
        }
        console.Write(table);
        console.MarkupLine("Sorted by PSI (.1 is some, .25 much by custom). – means that it cannot be told, or has no meaning for this type.");
    }

    public static string ToJson(IReadOnlyList<ColumnComparison> comparisons)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("columns");
            foreach (var c in comparisons)
            {
                writer.WriteStartObject();
                writer.WriteString("column", c.Column);
                writer.WriteString("type", c.Type);
                Write(writer, "psi", c.Psi);
                Write(writer, "ks", c.Ks);
                Write(writer, "jensenShannon", c.JensenShannon);
                Write(writer, "wassersteinSigmas", c.Wasserstein);
                Write(writer, "meanShiftSigmas", c.MeanShift);
                Write(writer, "nullShareReference", c.NullShareReference);
                Write(writer, "nullShare", c.NullShare);
                Write(writer, "unseenShare", c.UnseenShare);
                Write(writer, "typeErrorShare", c.TypeErrorShare);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) { writer.WriteNumber(name, number); }
        else { writer.WriteNull(name); }
    }

    private static string Score(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture) : CannotTell;

    private static string Signed(double? value) => value is { } v ? v.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture) : CannotTell;

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
