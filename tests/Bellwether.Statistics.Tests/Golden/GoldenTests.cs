namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Every case of every golden file, answered by this library. The same binary reads any folder of the format.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    private const string NoFolder = "No golden values: name their folder in BELLWETHER_GOLDEN.";

    private static readonly IReadOnlyList<IGoldenFamily> Families =
        [.. typeof(GoldenTests).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IGoldenFamily)))
            .Select(type => (IGoldenFamily)Activator.CreateInstance(type)!)];

    public static TheoryData<string> Files() =>
        GoldenFolder.Path is null ? [""] : [.. GoldenFolder.Files.Where(file => Families.Any(family => family.Reads(file)))];

    [Theory, MemberData(nameof(Files))]
    public void Every_case_of_the_file_agrees(string file)
    {
        Assert.SkipWhen(GoldenFolder.Path is null, NoFolder);
        var compared = Compare(file);
        foreach (var (golden, comparison) in compared.Where(pair => pair.Comparison.Reason is not null))
        {
            output.WriteLine($"{golden}: answered otherwise: {comparison.Reason}");
        }
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

    private static (GoldenCase Golden, GoldenComparison Comparison)[] Compare(string file)
    {
        var family = Families.Single(family => family.Reads(file));
        return [.. GoldenFile.Load(file).Cases.Select(golden => (golden, Answer(family, golden)))];
    }

    private static GoldenComparison Answer(IGoldenFamily family, GoldenCase golden)
    {
        var comparison = new GoldenComparison(golden);
        try
        {
            family.Answer(golden, comparison);
        }
#pragma warning disable CA1031 // A case that throws is one fault among the others: the rest of the file is still compared.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            comparison.Fault($"threw {thrown.GetType().Name}: {thrown.Message}");
        }
        return comparison;
    }
}
