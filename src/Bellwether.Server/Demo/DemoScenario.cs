using System.Collections.Immutable;
using Bellwether.Monitoring.Drift;
using Bellwether.Statistics.Chance;

namespace Bellwether.Server.Demo;

/// <summary>A feature whose latent variable moves.</summary>
/// <param name="Shift">In σ.</param>
public sealed record DemoShift(string Feature, DateTimeOffset From, double Shift);

/// <summary>What should be found, and why.</summary>
/// <param name="Column">As findings name it.</param>
/// <param name="Topic">Topic of the finding.</param>
/// <param name="IsConsequence">Not disturbed itself, but bound to move with what was.</param>
public sealed record DemoExpectation(string Column, string Topic, DateTimeOffset From, bool IsConsequence, string Text);

/// <summary>What goes wrong in the simulated service, drawn by the seed.</summary>
public sealed class DemoScenario
{
    public const double SlowShareBefore = .01;
    public const double SlowShareAfter = .15;

    private static readonly ImmutableArray<string> Harmless = ["tenure_months", "balance_avg", "term", "email_age", "doc_score", "phone_match"];
    private static readonly ImmutableArray<string> Breakable = ["balance_min", "ip_risk", "session_len", "card_type", "purpose"];

    public DemoScenario(DemoOptions options)
    {
        var random = new SplitMix64(SplitMix64.SeedFrom(options.Seed, 0x5CE7A210));
        var hour = DemoOptions.HourOf(options.Now);
        var risky = DemoFeature.All.Where(f => f.Weight != 0).ToList();
        var harmful = ImmutableArray.CreateBuilder<DemoShift>();
        for (int i = 0; i < 3; i++)
        {
            var feature = risky[random.NextInt(risky.Count)];
            risky.Remove(feature);
            // Towards more risk, as a recession would; one after the other, so that something moved first.
            double size = .9 + .3 * random.NextDouble();
            harmful.Add(new DemoShift(feature.Name, hour.AddDays(-6).AddHours(5 * i), Math.Sign(feature.Weight) * size));
        }
        Harmful = harmful.ToImmutable();
        HarmlessShift = new DemoShift(Harmless[random.NextInt(Harmless.Length)], hour.AddDays(-4), random.NextDouble() < .5 ? .5 : -.5);
        (Broken, BrokenFrom, BrokenShare) = (Breakable[random.NextInt(Breakable.Length)], hour.AddHours(-36), .6 + .35 * random.NextDouble());
        SlowFrom = hour.AddDays(-2);
        HasDrift = options.HasDrift;
    }

    public bool HasDrift { get; }

    /// <summary>Three features that matter: they shift, and the outcome no longer depends on them as the model learnt.</summary>
    public ImmutableArray<DemoShift> Harmful { get; }

    /// <summary>A feature that matters to nobody.</summary>
    public DemoShift HarmlessShift { get; }

    /// <summary>A feature whose source fails.</summary>
    public string Broken { get; }

    public DateTimeOffset BrokenFrom { get; }

    public double BrokenShare { get; }

    public DateTimeOffset SlowFrom { get; }

    /// <summary>When the relation between inputs and outcome changes.</summary>
    public DateTimeOffset HarmFrom => Harmful[0].From;

    /// <summary>Shift of a feature's latent variable at an instant, in σ.</summary>
    public double ShiftOf(string feature, DateTimeOffset at)
    {
        if (!HasDrift) { return 0; }
        if (HarmlessShift.Feature == feature) { return at >= HarmlessShift.From ? HarmlessShift.Shift : 0; }
        return Harmful.FirstOrDefault(s => s.Feature == feature) is { } shift && at >= shift.From ? shift.Shift : 0;
    }

    /// <summary>Effect of a feature on the true log odds at an instant, per σ.</summary>
    public double TrueWeight(DemoFeature feature, DateTimeOffset at) =>
        HasDrift && at >= HarmFrom && Harmful.Any(s => s.Feature == feature.Name) ? -.5 * feature.Weight : feature.Weight;

    /// <summary>Everything that should be found; empty without drift.</summary>
    public ImmutableArray<DemoExpectation> Expectations => !HasDrift ? [] :
    [
        .. Harmful.Select(s => new DemoExpectation(s.Feature, "drift", s.From, false, $"shifts by {s.Shift:+0.0;−0.0} σ and no longer means what the model learnt")),
        new(HarmlessShift.Feature, "drift", HarmlessShift.From, false, $"shifts by {HarmlessShift.Shift:+0.0;−0.0} σ; the model does not use it"),
        new(Broken, "quality", BrokenFrom, false, $"{BrokenShare:P0} of its values are missing"),
        new(EventStream.LatencyColumn, "operations", SlowFrom, false, "15 % of requests take over 300 ms, 1 % before"),
        new(EventStream.ScoreColumn, "drift", HarmFrom, true, "the model answers the shifted inputs with higher scores"),
        new("auc", "performance", HarmFrom.AddDays(2), true, "outcomes, two days late, show that scores no longer rank well"),
    ];
}
