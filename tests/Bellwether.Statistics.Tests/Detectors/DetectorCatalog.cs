using Bellwether.Statistics.Detectors;

namespace Bellwether.Statistics.Tests.Detectors;

/// <summary>Every detector in every meaning, by name; a new one is tested by standing here.</summary>
internal static class DetectorCatalog
{
    private static readonly Dictionary<string, Func<StreamDetector>> Known = new()
    {
        ["adwin"] = () => new Adwin(),
        ["adwin river"] = () => new Adwin(new AdwinOptions(Compatibility: Compatibility.River)),
        ["adwin quick"] = () => new Adwin(new AdwinOptions(0.2, 1, 2, 1, 1)),
        ["page-hinkley"] = () => new PageHinkley(new PageHinkleyOptions(Threshold: 5)),
        ["page-hinkley river"] = () => new PageHinkley(
            new PageHinkleyOptions(Threshold: 5, Direction: Direction.Both, Forgetting: 0.9999, Compatibility: Compatibility.River)),
        ["cusum"] = () => new Cusum(new CusumOptions(Threshold: 5)),
        ["cusum target"] = () => new Cusum(new CusumOptions(Threshold: 5, Target: 0.3)),
        ["cusum tornado"] = () => new Cusum(new CusumOptions(Threshold: 5, Compatibility: Compatibility.Tornado)),
        ["gma"] = () => new Gma(new GmaOptions(0.95, 0.2)),
        ["ddm"] = () => new Ddm(),
        ["ddm river"] = () => new Ddm(new DdmOptions(Compatibility: Compatibility.River)),
        ["eddm"] = () => new Eddm(),
        ["eddm river"] = () => new Eddm(new EddmOptions(Compatibility: Compatibility.River)),
        ["hddm-a"] = () => new HddmA(),
        ["hddm-a both"] = () => new HddmA(new HddmAOptions(Direction: Direction.Both)),
        ["hddm-a river"] = () => new HddmA(new HddmAOptions(Direction: Direction.Both, Compatibility: Compatibility.River)),
        ["hddm-w"] = () => new HddmW(),
        ["hddm-w both"] = () => new HddmW(new HddmWOptions(Direction: Direction.Both)),
        ["hddm-w river"] = () => new HddmW(new HddmWOptions(Direction: Direction.Both, Compatibility: Compatibility.River)),
        ["fhddm"] = () => new Fhddm(),
        ["fhddm river"] = () => new Fhddm(new FhddmOptions(Compatibility: Compatibility.River)),
        ["fhddms"] = () => new Fhddms(),
        ["mddm-a"] = () => new Mddm(),
        ["mddm-g"] = () => new Mddm(new MddmOptions(MddmScheme.Geometric)),
        ["mddm-e"] = () => new Mddm(new MddmOptions(MddmScheme.Euler)),
        ["rddm"] = () => new Rddm(),
        ["rddm small"] = () => new Rddm(new RddmOptions(WarmUp: 20, LongestConcept: 60, Memory: 40, LongestWarning: 15)),
        ["stepd"] = () => new Stepd(),
        ["stepd frouros"] = () => new Stepd(new StepdOptions(Compatibility: Compatibility.Frouros)),
        ["ecdd-wt"] = () => new EcddWt(),
        ["ecdd-wt 100"] = () => new EcddWt(new EcddWtOptions(AverageRunLength: 100)),
        ["ecdd-wt tornado"] = () => new EcddWt(new EcddWtOptions(Compatibility: Compatibility.Tornado)),
        ["kswin"] = () => new Kswin(),
        ["kswin clock"] = () => new Kswin(new KswinOptions(0.1, 40, 10, 3)),
        ["kswin river"] = () => new Kswin(new KswinOptions(0.02, 60, 20, Seed: 42, Compatibility: Compatibility.River)),
        ["bocpd"] = () => new Bocpd(new BocpdOptions(Mean: 0.3, Shape: 2, Scale: 0.2)),
        ["bocpd few"] = () => new Bocpd(new BocpdOptions(0.05, 0.3, MaxHypotheses: 20, Negligible: 1e-4)),
    };

    /// <summary>Names of those that take any finite value.</summary>
    private static readonly string[] Unbounded = ["adwin", "page-hinkley", "cusum", "gma", "kswin", "bocpd"];

    public static TheoryData<string> Names() => [.. Known.Keys];

    public static StreamDetector New(string name) => Known[name]();

    public static bool TakesAnyNumber(string name) => Unbounded.Contains(name.Split(' ')[0]);

    public static bool TakesOnlyBits(string name) => !TakesAnyNumber(name) && !name.StartsWith("hddm", StringComparison.Ordinal);
}
