using System.Globalization;
using System.Text.Json;
using Bellwether.Contracts;

namespace Bellwether.Storage.Tests.Log.Segments;

/// <summary>Predictions and outcomes with every kind of value, some of them nasty, a few ids in common.</summary>
internal sealed class RandomRows(int seed)
{
    private static readonly double[] Numbers = [0, -0.0, 1, -1, 0.1, 1.0 / 3, double.MaxValue, double.Epsilon, -double.MaxValue, 1e300, 9007199254740993, 123456.789];
    private static readonly string[] Texts = ["", "red", "Łódź", "it's", "a \"quoted\" one", "<b>", "null", "true", "7", "a\nb", "nul\0in", "🦢", new string('x', 300)];
    private static readonly string[] Vectors = ["[]", "[1,2.5]", "[1.0,2.5]", "[ 1 , 2 ]", "[1e3,-0.0]", "[0.1, 0.2, 0.30]", "[1E+2]", "[4.9e-324,1.7976931348623157e308]"];

    private readonly Random _random = new(seed);

    public static IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(0, 30).Select(i => i % 7 == 0 ? $"it's \"{i}\" ż" : $"r{i}")];

    /// <summary>Names that differ by case, that are reserved elsewhere, that only quoting carries.</summary>
    public static IReadOnlyList<string> Features { get; } =
        ["income", "Income", "region", "vip", "embedding", "_id", "_FILE", "timestamp", "numbers", "r", "f", "a \"b\" 'c'", "x~2", "x", "X", "nul\0", "model", "filename"];

    public string Predictions(DateTimeOffset from, TimeSpan length, int rows) => string.Join('\n', Enumerable.Range(0, rows).Select(_ => Prediction(from, length)));

    public string Outcomes(DateTimeOffset known, int rows) => string.Join('\n', Enumerable.Range(0, rows).Select(_ => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["id"] = Pick(Ids),
        ["outcome"] = _random.Next(4) == 0 ? Pick(Texts) : Pick(Numbers),
        ["timestamp"] = UtcInstantConverter.Format(known.AddMinutes(-_random.Next(300))),
        ["retract"] = _random.Next(8) == 0 ? true : null,
    }.Where(pair => pair.Value is not null && !(pair.Value is string { Length: 0 })).ToDictionary())));

    private string Prediction(DateTimeOffset from, TimeSpan length)
    {
        var parts = new List<string> { $"\"id\":{Quote(Pick(Ids))}" };
        if (_random.Next(10) > 0) { parts.Add($"\"timestamp\":\"{UtcInstantConverter.Format(from + length * (_random.Next(1000) / 1000.0) + TimeSpan.FromMicroseconds(_random.Next(3)))}\""); }
        Maybe("version", () => Quote(Pick(["1", "2-rc", "ż"])));
        Maybe("prediction", () => _random.Next(3) switch { 0 => Number(), 1 => Quote(Pick(Texts)), _ => "true" });
        Maybe("score", () => _random.NextDouble().ToString("R", CultureInfo.InvariantCulture));
        Maybe("scores", () => "{\"a\": 0.25, \"b\":0.75}");
        Maybe("latencySeconds", () => _random.NextDouble().ToString("R", CultureInfo.InvariantCulture));
        Maybe("unit", () => Quote(Pick(Texts)));
        Maybe("tags", () => "{\"team\": \"risk\"}");
        Maybe("traceId", () => "\"4bf9\"");
        Maybe("weight", () => "1.50");
        Maybe("attributions", () => "{\"income\":-2}");
        if (_random.Next(10) == 0) { parts.Add("\"error\":\"timeout\""); }
        if (_random.Next(10) == 0) { parts.Add("\"role\":\"shadow\""); }
        var features = Features.Where(_ => _random.Next(4) > 0).Select(name => $"{Quote(name)}:{Value(name)}");
        parts.Add($"\"features\":{{{string.Join(',', features)}}}");
        return $"{{{string.Join(',', parts)}}}";

        void Maybe(string name, Func<string> value)
        {
            if (_random.Next(2) == 0) { parts.Add($"\"{name}\":{value()}"); }
        }
    }

    // A value of the feature's usual kind; now and then of another.
    private string Value(string name) => (_random.Next(8), name) switch
    {
        (0, _) => "null",
        (1, _) => Pick<Func<string>>([Number, () => Quote(Pick(Texts)), () => "false", () => Pick(Vectors)])(),
        (_, "region" or "Income" or "_id" or "r") => Quote(Pick(Texts)),
        (_, "vip" or "X") => Pick(["true", "false"]),
        (_, "embedding" or "f") => Pick(Vectors),
        _ => Number(),
    };

    private string Number() => _random.Next(3) == 0 ? (_random.NextDouble() * 1000).ToString("R", CultureInfo.InvariantCulture) : Pick(Numbers).ToString("R", CultureInfo.InvariantCulture);

    private T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
