using System.Globalization;
using System.Text;
using Bellwether.Statistics.Chance;

namespace Bellwether.Cli.Tests.Replay;

/// <summary>Files of a small loan model: four weeks of reference, two of predictions, in which one input moves after a week.</summary>
internal static class LoanFiles
{
    public const string Plan = """
        model: loans
        task: binary
        window: 1h
        allowedLateness: 1h
        columns: {id: id, timestamp: at, prediction: answer, score: probability, outcome: defaulted}
        outcomes: {delay: 1d}
        """;

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static string Reference() => Rows(Start, 28 * 24, 0, _ => 0, seed: 1, withOutcomes: true);

    public static List<string> Predictions(double shift, bool withOutcomes = true) =>
        [.. Rows(Start.AddDays(28), 14 * 24, 100_000, hour => hour >= 7 * 24 ? shift : 0, seed: 2, withOutcomes).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static string Rows(DateTimeOffset from, int hours, int firstId, Func<int, double> shift, ulong seed, bool withOutcomes)
    {
        var random = new SplitMix64(seed);
        var text = new StringBuilder(withOutcomes ? "id,at,income,region,answer,probability,defaulted\n" : "id,at,income,region,answer,probability\n");
        int id = firstId;
        for (int hour = 0; hour < hours; hour++)
        {
            for (int i = 0; i < 40; i++)
            {
                double income = random.NextNormal() + shift(hour), probability = 1 / (1 + Math.Exp(income));
                string region = random.NextDouble() < .5 ? "north" : "s\u00fcd <b>";
                string row = string.Create(CultureInfo.InvariantCulture, $"{id++},{from.AddHours(hour).AddSeconds(90 * i):yyyy-MM-ddTHH:mm:ssZ},{income:0.######},{region},{(probability >= .5 ? 1 : 0)},{probability:0.######}");
                int outcome = random.NextDouble() < probability ? 1 : 0;
                text.Append(row);
                if (withOutcomes) { text.Append(',').Append(outcome); }
                text.Append('\n');
            }
        }
        return text.ToString();
    }
}
