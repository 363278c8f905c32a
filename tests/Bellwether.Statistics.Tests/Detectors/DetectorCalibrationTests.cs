using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Detectors;

namespace Bellwether.Statistics.Tests.Detectors;

/// <summary>False alarms on streams without a change, and delay after one, against what the docstrings say.</summary>
public sealed class DetectorCalibrationTests(ITestOutputHelper output)
{
    [Fact]
    public void Adwin_alarms_at_most_once_in_a_hundred_thousand_stationary_values()
    {
        Assert.InRange(FalseAlarms(() => new Adwin(), 40, 10_000, normal: false), 0, 4);
        Assert.InRange(FalseAlarms(() => new Adwin(), 40, 10_000, normal: true), 0, 4);
        Assert.InRange(FalseAlarms(() => new Adwin(new AdwinOptions(Compatibility: Compatibility.River)), 40, 10_000, normal: false), 0, 4);
    }

    [Fact] // k = σ/2 and h = 5σ against a known mean: a false alarm about every 930 values
    public void Cusum_alarms_as_often_as_its_textbook_says() =>
        Assert.InRange(400_000.0 / FalseAlarms(() => new Cusum(new CusumOptions(.5, 5, 1, 0)), 40, 10_000, normal: true), 800, 1060);

    [Fact] // as measured in the docstring
    public void Ecdd_alarms_about_as_often_as_said()
    {
        Assert.InRange(400_000.0 / FalseAlarms(() => new EcddWt(), 40, 10_000, normal: false), 330, 430);
        Assert.InRange(400_000.0 / FalseAlarms(() => new EcddWt(new EcddWtOptions(AverageRunLength: 100)), 40, 10_000, normal: false), 40, 55);
    }

    [Fact]
    public void Stepd_alarms_about_once_in_two_thousand_values() =>
        Assert.InRange(400_000.0 / FalseAlarms(() => new Stepd(), 40, 10_000, normal: false), 1000, 4000);

    [Fact]
    public void Kswin_alarms_about_once_in_a_thousand_values_by_default_and_seldom_at_a_small_level()
    {
        Assert.InRange(100_000.0 / FalseAlarms(() => new Kswin(), 10, 10_000, normal: true), 600, 1600);
        Assert.InRange(FalseAlarms(() => new Kswin(new KswinOptions(1e-5)), 10, 10_000, normal: true), 0, 3);
    }

    [Fact] // Shiryaev–Roberts: one in 19,000 values on average
    public void Bocpd_alarms_about_as_seldom_as_its_bound() =>
        Assert.InRange(FalseAlarms(() => new Bocpd(), 20, 3000, normal: true), 0, 7);

    [Fact]
    public void Ddm_alarms_in_about_one_stationary_run_in_three() =>
        Assert.InRange(FalseAlarms(() => new Ddm(), 60, 10_000, normal: false) / 60.0, .1, .9);

    [Fact]
    public void Hddm_alarms_seldom()
    {
        Assert.InRange(FalseAlarms(() => new HddmA(), 40, 10_000, normal: false), 0, 20);
        Assert.InRange(FalseAlarms(() => new HddmW(), 40, 10_000, normal: false), 0, 150);
    }

    [Theory] // from 20 % to 40 % errors after 2000 values
    [InlineData("adwin", 350), InlineData("adwin river", 400), InlineData("ddm", 350), InlineData("hddm-a", 250), InlineData("hddm-w", 150)]
    [InlineData("stepd", 150), InlineData("rddm", 200), InlineData("fhddms", 2000), InlineData("ecdd-wt", 150)]
    public void Half_of_doubled_error_rates_are_found_within(string name, int delay)
    {
        var delays = new List<int>();
        for (ulong seed = 0; seed < 31; seed++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom(99, seed));
            var detector = DetectorCatalog.New(name);
            int found = int.MaxValue;
            for (int i = 0; i < 5000; i++)
            {
                var state = detector.Update(chance.NextDouble() < (i < 2000 ? .2 : .4) ? 1 : 0);
                if (i >= 2000 && state == DetectorState.Drift)
                {
                    found = i - 2000;
                    break;
                }
            }
            delays.Add(found);
        }
        delays.Sort();
        output.WriteLine($"{name}: median delay {delays[15]}");
        Assert.InRange(delays[15], 0, delay);
    }

    private int FalseAlarms(Func<StreamDetector> make, int runs, int length, bool normal)
    {
        int alarms = 0;
        for (int run = 0; run < runs; run++)
        {
            var chance = new SplitMix64(SplitMix64.SeedFrom((ulong)run, normal ? 1UL : 0));
            var detector = make();
            for (int i = 0; i < length; i++)
            {
                double value = normal ? chance.NextNormal() : chance.NextDouble() < .25 ? 1 : 0;
                if (detector.Update(value) == DetectorState.Drift) { alarms++; }
            }
        }
        output.WriteLine($"{make().GetType().Name}: {alarms} false alarms in {runs} × {length}");
        return alarms;
    }
}
