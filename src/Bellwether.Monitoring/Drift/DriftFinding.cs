using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Plans;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;
using MathNet.Numerics.Distributions;

namespace Bellwether.Monitoring.Drift;

/// <summary>Puts an alarm into words and human units.</summary>
internal static class DriftFinding
{
    public static Finding Of(
        CompiledPlan plan, BinSchema schema, StreamWatch watch, TedSize size, bool hasInterval, TimeWindow window, DateTimeOffset since,
        Severity severity, bool confirmed, FindingEvidence evidence, FindingBasis basis)
    {
        var stream = watch.Stream;
        var human = Size(schema, stream, size, hasInterval);
        string provisional = watch.IsProvisional ? " Provisional: the rhythm is still being learnt." : "";
        string text = $"{ColumnWords.First(stream.Column)} {Change(schema, stream, size, human)} since {SinceText.Of(since)}.{provisional}";
        return new Finding(
            FindingIds.Of(plan.Model, "ted/1", stream.Column, window.Start, $"{stream.Topic}.{severity}"), plan.Model, stream.Topic, "ted/1", stream.Column,
            null, null, window, since, severity, confirmed ? Certainty.Confirmed : Certainty.Suspected, human, evidence, basis, text);
    }

    /// <summary>
    /// Cuts speak in reference σ: Φ⁻¹(p0) − Φ⁻¹(p) at a cut is the shift of a normal variable, whatever the cut. Other events speak in
    /// their share.
    /// </summary>
    private static FindingSize Size(BinSchema schema, EventStream stream, TedSize size, bool hasInterval)
    {
        double baseAngle = Angle.Of(size.BaselineRate);
        double low = Angle.Rate(baseAngle + size.AngleShift - size.HalfWidth);
        double high = Angle.Rate(baseAngle + size.AngleShift + size.HalfWidth);
        if (stream.Kind != StreamKind.Values || schema.Columns[stream.ColumnIndex].Kind != ColumnKind.Numeric)
        {
            return new FindingSize("shareChange", "share", size.Rate - size.BaselineRate,
                hasInterval ? low - size.BaselineRate : null, hasInterval ? high - size.BaselineRate : null);
        }
        double Shift(double rate) => Normal.InvCDF(0, 1, Angle.Rate(baseAngle)) - Normal.InvCDF(0, 1, Math.Clamp(rate, 1e-6, 1 - 1e-6));
        return new FindingSize("meanShift", "referenceSigma", Shift(size.Rate), hasInterval ? Shift(high) : null, hasInterval ? Shift(low) : null);
    }

    private static string Change(BinSchema schema, EventStream stream, TedSize size, FindingSize human)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"{Percent(size.BaselineRate)} to {Percent(size.Rate)}");
        string verb = size.Rate >= size.BaselineRate ? "rose" : "fell";
        string named = stream.EventText(schema, size.Event);
        return human.Unit == "referenceSigma"
            ? string.Create(CultureInfo.InvariantCulture, $"shifted {(human.Value >= 0 ? "up" : "down")} by about {Math.Abs(human.Value):0.0#} σ (share of {named} {verb} from {share})")
            : $"changed: the share of {named} {verb} from {share}";
    }

    private static string Percent(double share) => share is > 0 and < 0.0005 or > 0.9995 and < 1
        ? (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %"
        : (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
