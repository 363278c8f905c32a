using Bellwether.Statistics.Chance;
using Bellwether.Statistics.Estimation;
using CsCheck;

namespace Bellwether.Statistics.Tests.Estimation;

public sealed class CalibrationTests
{
    private static readonly Gen<(double Score, double Outcome, double Weight)[]> RowsOf =
        Gen.Select(Gen.Int[0, 20].Select(i => i / 20.0), Gen.Double[-2, 2], Gen.Double[.1, 3]).Array[1, 60];

    [Fact] // The published first and ten-thousandth number.
    public void The_twister_is_the_published_one()
    {
        var twister = new MersenneTwister(5489);
        Assert.Equal(3499211612u, twister.Next());
        uint last = 0;
        for (int i = 1; i < 10_000; i++) { last = twister.Next(); }
        Assert.Equal(4123659995u, last);
    }

    [Fact] // property
    public void The_isotonic_fit_rises_and_keeps_the_mean() => RowsOf.Sample(rows =>
    {
        var fit = Fit(rows);
        double sum = rows.Sum(row => row.Weight * row.Outcome), fitted = rows.Sum(row => row.Weight * fit.Predict(row.Score));
        return fit.Values.Zip(fit.Values.Skip(1)).All(pair => pair.First <= pair.Second) && Math.Abs(sum - fitted) < 1e-9;
    });

    [Fact] // property: projecting twice is projecting once
    public void Fitting_the_fit_changes_nothing() => RowsOf.Sample(rows =>
    {
        var once = Fit(rows);
        var twice = Fit([.. rows.Select(row => row with { Outcome = once.Predict(row.Score) })]);
        return rows.All(row => Math.Abs(once.Predict(row.Score) - twice.Predict(row.Score)) < 1e-9);
    });

    [Fact] // property: no rising step function is nearer
    public void No_other_rising_function_is_nearer() => Gen.Select(RowsOf, Gen.Double[-2, 2].Array[21]).Sample((rows, steps) =>
    {
        var fit = Fit(rows);
        double[] rising = [.. steps.Order()];
        double Distance(Func<double, double> f) => rows.Sum(row => row.Weight * (row.Outcome - f(row.Score)) * (row.Outcome - f(row.Score)));
        return Distance(fit.Predict) <= Distance(score => rising[(int)Math.Round(score * 20)]) + 1e-9;
    });

    [Fact]
    public void Platt_is_finite_on_separable_and_on_one_sided_rows()
    {
        foreach (bool[] actual in new[] { new[] { false, false, true, true }, [true, true, true, true] })
        {
            var platt = PlattScaling.Fit([.1, .2, .8, .9], actual);
            Assert.True(double.IsFinite(platt.A) && double.IsFinite(platt.B));
            Assert.InRange(platt.Predict(.5), 0, 1);
        }
    }

    [Fact]
    public void Separable_rows_without_a_ridge_do_not_converge_and_say_so()
    {
        Assert.False(LogisticRegression.Fit([0, 1, 2, 3], [0, 0, 1, 1]).Converged);
        Assert.True(LogisticRegression.Fit([0, 1, 2, 3], [0, 0, 1, 1], ridge: 1).Converged);
        Assert.True(LogisticRegression.Fit([1, 1, 1, 1], [0, 1, 1, 0]).Converged); // A constant feature has no slope.
    }

    [Fact]
    public void Honest_probabilities_need_no_calibration_and_squeezed_ones_do()
    {
        var chance = new SplitMix64(5);
        double[] p = [.. Enumerable.Range(0, 20_000).Select(_ => chance.NextDouble())];
        bool[] actual = [.. p.Select(x => chance.NextDouble() < x)];
        Assert.True(CalibrationNeed.Decide([.. p.Select(x => .4 + .2 * x)], actual));
        Assert.False(CalibrationNeed.Decide([.. p.Take(500)], [.. actual.Take(500)])); // Too few to improve on the truth.
        Assert.False(CalibrationNeed.Decide([.1, .9], [false, true]));
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([], []));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([double.PositiveInfinity], [true]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([1, 2, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => CalibrationNeed.Decide([1.5], [true]));
    }

    private static IsotonicRegression Fit((double Score, double Outcome, double Weight)[] rows) =>
        IsotonicRegression.Fit([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Outcome)], [.. rows.Select(row => row.Weight)]);
}
