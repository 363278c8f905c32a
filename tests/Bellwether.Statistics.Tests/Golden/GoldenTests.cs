namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Every case of every golden file, answered by this library. The same binary reads any folder of the format.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    private const string NoFolder = "No golden values: name their folder in BELLWETHER_GOLDEN.";

    /// <summary>Of the cases asked, at most so many are answered otherwise on purpose.</summary>
    private const double MostOtherwise = .02;

    public static TheoryData<string> Files() => GoldenFolder.Path is null ? [""] : [.. GoldenFolder.Files];

    [Theory, MemberData(nameof(Files))]
    public void Every_case_of_the_file_agrees(string file)
    {
        Assert.SkipWhen(GoldenFolder.Path is null, NoFolder);
        Assert.True(GoldenAnswers.FamiliesOf(file).Count == 1, $"{file}.json is read by {GoldenAnswers.FamiliesOf(file).Count} families instead of one.");
        var compared = GoldenAnswers.Of(file);
        foreach (var (golden, comparison) in compared.Where(pair => pair.Comparison.Excused is not null))
        {
            output.WriteLine($"{golden}: not asked: {comparison.Excused}");
        }
        string[] faults = [.. compared.SelectMany(pair => pair.Comparison.Faults)];
        Assert.True(faults.Length == 0, $"{faults.Length} of {compared.Sum(pair => pair.Comparison.Compared)} values of {file} disagree:\n{string.Join('\n', faults.Take(40))}");
        string[] untested =
        [
            .. compared.Where(pair => pair.Comparison is { Compared: 0, Reason: null, Excused: null, IsOtherImplementation: false }).Select(pair => pair.Golden.ToString()),
        ];
        Assert.True(untested.Length == 0, $"Cases without any comparison: {string.Join(", ", untested.Take(10))}");
    }

    [Fact]
    public void At_most_one_case_in_fifty_is_answered_otherwise_on_purpose_and_none_of_drift_performance_and_calibration()
    {
        Assert.SkipWhen(GoldenFolder.Path is null, NoFolder);
        var asked = GoldenFolder.Files.Where(file => GoldenAnswers.FamiliesOf(file).Count == 1)
            .SelectMany(GoldenAnswers.Of).Where(pair => pair.Comparison is { Excused: null, IsOtherImplementation: false }).ToList();
        var otherwise = asked.Where(pair => pair.Comparison.Reason is not null).ToList();
        output.WriteLine($"{otherwise.Count} of {asked.Count} cases are answered otherwise on purpose:");
        foreach (var (golden, comparison) in otherwise) { output.WriteLine($"{golden}: {comparison.Reason}"); }
        Assert.DoesNotContain(otherwise, pair => $"{pair.Golden}"[0] is 'a' or 'b' or 'f');
        Assert.InRange(otherwise.Count, 0, (int)(MostOtherwise * asked.Count));
    }

    [Fact]
    public void Of_each_detector_one_implementation_is_reproduced()
    {
        Assert.SkipWhen(GoldenFolder.Path is null, NoFolder);
        var detectors = GoldenFolder.Files.Where(file => file.StartsWith("c_", StringComparison.Ordinal) && GoldenAnswers.FamiliesOf(file).Count == 1)
            .SelectMany(GoldenAnswers.Of).GroupBy(pair => pair.Golden.Function).ToList();
        foreach (var detector in detectors)
        {
            output.WriteLine($"{detector.Key}: {detector.Count(pair => !pair.Comparison.IsOtherImplementation)} of {detector.Count()} cases reproduced");
        }
        Assert.Empty(detectors.Where(detector => detector.All(pair => pair.Comparison.IsOtherImplementation)).Select(detector => detector.Key));
    }
}
