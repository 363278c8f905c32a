using System.Collections.Concurrent;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Every file of the golden folder, answered once by the one family that reads it.</summary>
internal static class GoldenAnswers
{
    private static readonly IReadOnlyList<IGoldenFamily> Families =
        [.. typeof(GoldenAnswers).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IGoldenFamily)))
            .Select(type => (IGoldenFamily)Activator.CreateInstance(type)!)];

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<(GoldenCase Golden, GoldenComparison Comparison)>>> Answers = new();

    /// <summary>The families that read the file: one, unless it is not known here.</summary>
    public static IReadOnlyList<IGoldenFamily> FamiliesOf(string file) => [.. Families.Where(family => family.Reads(file))];

    public static IReadOnlyList<(GoldenCase Golden, GoldenComparison Comparison)> Of(string file) => Answers.GetOrAdd(file, name => new(() =>
    {
        var family = FamiliesOf(name).Single();
        return [.. GoldenFile.Load(name).Cases.Select(golden => (golden, Answer(family, golden)))];
    })).Value;

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
