using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Experiments;

namespace Bellwether.Statistics.Tests.Experiments;

/// <summary>What holds for everything that may be looked at after each value: resuming, refusing, and errors over time.</summary>
public sealed class SequentialTests
{
    private static readonly Dictionary<string, Func<ISequential>> Kinds = new()
    {
        ["Hoeffding"] = () => new Sequence(new HoeffdingSequence(new BoundedMeanOptions()), bytes => HoeffdingSequence.FromBytes(bytes)),
        ["empirical Bernstein"] = () =>
            new Sequence(new EmpiricalBernsteinSequence(new BoundedMeanOptions()), bytes => EmpiricalBernsteinSequence.FromBytes(bytes)),
        ["asymptotic"] = () => new Sequence(new AsymptoticSequence(new AsymptoticSequenceOptions()), bytes => AsymptoticSequence.FromBytes(bytes)),
        ["mixture"] = () => new Mixture(new MixtureSprt(new MixtureSprtOptions(1.0 / 12, .01, .5))),
        ["betting plug-in"] = () => new Betting(new BettingTest(new BettingTestOptions(.5))),
        ["betting growth rate"] = () => new Betting(new BettingTest(new BettingTestOptions(.5, Rule: BettingRule.GrowthRate))),
        ["betting fixed stakes"] = () => new Betting(new BettingTest(new BettingTestOptions(.5, Rule: BettingRule.FixedStakes))),
        ["betting greater"] = () => new Betting(new BettingTest(new BettingTestOptions(.5, Alternative.Greater))),
        ["betting less"] = () => new Betting(new BettingTest(new BettingTestOptions(.5, Alternative.Less, Rule: BettingRule.GrowthRate))),
    };

    private interface ISequential
    {
        /// <summary>Adds a value; answers whether the mean .5 is still held possible.</summary>
        bool Update(double value);

        byte[] ToBytes();

        ISequential FromBytes(byte[] bytes);
    }

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Resumed_at_every_index_it_goes_on_alike(string name)
    {
        var chance = new SplitMix64(5);
        var sequential = Kinds[name]();
        for (int i = 0; i < 300; i++)
        {
            var resumed = sequential.FromBytes(sequential.ToBytes());
            double value = i < 5 ? 0 : i < 10 ? 1 : chance.NextDouble();
            Assert.Equal(sequential.Update(value), resumed.Update(value));
            Assert.Equal(sequential.ToBytes(), resumed.ToBytes());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_value_that_is_no_number_is_refused_and_leaves_no_trace(string name)
    {
        var sequential = Kinds[name]();
        sequential.Update(.3);
        byte[] before = sequential.ToBytes();
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => sequential.Update(bad));
        }
        Assert.Equal(before, sequential.ToBytes());
    }

    [Theory, MemberData(nameof(Names))]
    public void Damaged_bytes_are_refused(string name)
    {
        byte[] bytes = Kinds[name]().ToBytes();
        Assert.Throws<InvalidDataException>(() => Kinds[name]().FromBytes([]));
        Assert.Throws<InvalidDataException>(() => Kinds[name]().FromBytes(bytes[..^1]));
        Assert.Throws<InvalidDataException>(() => Kinds[name]().FromBytes([9, .. bytes[1..]]));
        Assert.Throws<InvalidDataException>(() => Kinds[name]().FromBytes([.. bytes, 0]));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_far_mean_is_found(string name)
    {
        var chance = new SplitMix64(6);
        var sequential = Kinds[name]();
        double sign = name == "betting less" ? -1 : 1;
        bool possible = true;
        for (int i = 0; i < 2_000 && possible; i++) { possible = sequential.Update(.5 + sign * .2 + .2 * (chance.NextDouble() - .5)); }
        Assert.False(possible);
    }

    [Theory, MemberData(nameof(Names))] // calibration: a true mean, looked at after each of 1,000 values
    public void A_true_mean_is_rejected_no_more_often_than_promised_however_often_one_looks(string name)
    {
        const int runs = 400;
        int wrong = 0;
        for (ulong run = 0; run < runs; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(7, run));
            var sequential = Kinds[name]();
            bool possible = true;
            for (int i = 0; i < 1_000 && possible; i++) { possible = sequential.Update(chance.NextDouble()); }
            if (!possible) { wrong++; }
        }
        Assert.InRange(wrong, 0, runs * .05 + 3 * Math.Sqrt(runs * .05 * .95));
    }

    private sealed class Sequence(IConfidenceSequence sequence, Func<byte[], IConfidenceSequence> read) : ISequential
    {
        public bool Update(double value) => sequence.Update(value).Contains(.5);

        public byte[] ToBytes() => sequence.ToBytes();

        public ISequential FromBytes(byte[] bytes) => new Sequence(read(bytes), read);
    }

    private sealed class Mixture(MixtureSprt test) : ISequential
    {
        public bool Update(double value) => test.Update(value) > .05;

        public byte[] ToBytes() => test.ToBytes();

        public ISequential FromBytes(byte[] bytes) => new Mixture(MixtureSprt.FromBytes(bytes));
    }

    private sealed class Betting(BettingTest test) : ISequential
    {
        public bool Update(double value) => !test.Update(value);

        public byte[] ToBytes() => test.ToBytes();

        public ISequential FromBytes(byte[] bytes) => new Betting(BettingTest.FromBytes(bytes));
    }
}
