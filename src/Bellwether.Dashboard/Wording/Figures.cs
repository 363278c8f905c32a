using System.Globalization;

namespace Bellwether.Dashboard.Wording;

/// <summary>Numbers as people read them; the invariant culture, a real minus, and a dash for what cannot be told.</summary>
internal static class Figures
{
    /// <summary>Stands where there is no value; never a zero.</summary>
    public const string Unknown = "–";

    private const char Minus = '−';

    /// <summary>A measure's value with three to four significant digits: <c>0.762</c>, <c>10.8</c>, <c>1,240</c>.</summary>
    public static string Value(double? value) => value is not { } v || !double.IsFinite(v)
        ? Unknown
        : Signed(Math.Abs(v) switch { < 1e-9 => "0", < 0.001 => "0.0e0", < 1.5 => "0.000", < 100 => "0.00", < 1000 => "0.0", _ => "#,##0" }, v);

    /// <summary>A limit or an axis: no more digits than needed.</summary>
    public static string Short(double value) => Signed(Math.Abs(value) < 1000 ? "0.###" : "#,##0", value);

    /// <summary>An axis of any magnitude in few characters: <c>0.25</c>, <c>62</c>, <c>12.5 k</c>.</summary>
    public static string Compact(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.001 => Signed("0.#e0", value),
        < 1 => Signed("0.###", value),
        < 100 => Signed("0.#", value),
        < 10_000 => Signed("0", value),
        < 1e6 => Signed("0.#", value / 1e3) + " k",
        < 1e9 => Signed("0.#", value / 1e6) + " M",
        _ => Signed("0.#e0", value),
    };

    /// <summary>A count: <c>1,240</c>, from a million on <c>1.24 M</c>.</summary>
    public static string Count(double value) => Math.Abs(value) switch
    {
        < 1e6 => Signed("#,##0", value),
        < 1e9 => Signed("0.##", value / 1e6) + " M",
        _ => Signed("0.##", value / 1e9) + " G",
    };

    /// <summary>Rows a second: <c>143</c>, <c>4.2</c>, <c>0.05</c>; a trickle is told from nothing.</summary>
    public static string Rate(double perSecond) => perSecond switch
    {
        <= 0 => "0",
        < 0.01 => "<0.01",
        < 1 => Signed("0.00", perSecond),
        < 10 => Signed("0.0", perSecond),
        _ => Signed("#,##0", perSecond),
    };

    /// <summary>A share in [0, 1] as <c>71 %</c>.</summary>
    public static string Share(double? share) => share is { } s && double.IsFinite(s) ? Signed(Math.Abs(s) is > 0 and < 0.1 ? "0.0" : "0", s * 100) + " %" : Unknown;

    /// <summary>A change as a share: <c>+8.8 %</c>, <c>−10.3 %</c>.</summary>
    public static string Change(double? share) => share is not { } s || !double.IsFinite(s)
        ? Unknown
        : string.Create(CultureInfo.InvariantCulture, $"{(Math.Round(s * 100, 1) switch { > 0 => "+", < 0 => "−", _ => "±" })}{Math.Abs(s * 100):0.0} %");

    private static string Signed(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', Minus);
}
