using System.Collections.Immutable;

namespace Bellwether.Server.Demo;

/// <summary>One input of the simulated model: a latent normal variable with its rhythm, and how it shows as a value.</summary>
/// <param name="Daily">Amplitude of the daily rhythm, in σ of the latent variable.</param>
/// <param name="Weekend">Shift on Saturday and Sunday, in σ.</param>
/// <param name="Weight">Effect on the log odds of default, per σ; 0 for a feature that does not matter.</param>
/// <param name="Number">Value of a number feature; null for a category.</param>
/// <param name="Categories">Categories, cut from the latent variable in this order; empty for a number.</param>
/// <param name="Shares">Share of each category.</param>
public sealed record DemoFeature(
    string Name, double Daily, double Weekend, double Weight, Func<double, double>? Number, ImmutableArray<string> Categories, ImmutableArray<double> Shares)
{
    public bool IsNumber => Number is not null;

    /// <summary>The thirty inputs of the credit-default model.</summary>
    public static readonly ImmutableArray<DemoFeature> All =
    [
        Of("income", 0, 0, -.5, z => Math.Round(Math.Exp(10.5 + .45 * z), 0)),
        Of("region", 0, 0, 0, ["north", "south", "east", "west", "overseas"], [.34, .27, .2, .15, .04]),
        Of("age", 0, 0, -.5, z => Math.Round(Math.Clamp(44 + 14 * z, 18, 95))),
        Of("tenure_months", 0, 0, 0, z => Math.Round(Math.Exp(3.6 + .8 * z))),
        Of("utilisation", 0, .15, .5, z => Logistic(-.4 + 1.1 * z)),
        Of("num_inquiries", 0, 0, .5, z => Math.Floor(Math.Exp(.5 + .6 * z))),
        Of("device_os", .3, .25, 0, ["android", "ios", "windows", "macos", "linux"], [.42, .33, .15, .08, .02]),
        Of("merchant_mcc", .35, .3, 0, ["5411", "5812", "5541", "5999", "4111", "5912", "7011", "5732"], [.3, .2, .15, .1, .1, .07, .05, .03]),
        Of("amount", .5, .3, 0, z => Math.Round(Math.Exp(7.6 + .7 * z), 2)),
        OfHour(),
        Of("dist_home_km", .2, .35, 0, z => Math.Round(Math.Exp(1.8 + 1.1 * z), 1)),
        Of("prev_defaults", 0, 0, .5, z => Math.Floor(Math.Exp(-.6 + .8 * z))),
        Of("employment", 0, 0, -.5, ["none", "part time", "self employed", "full time", "public"], [.09, .16, .14, .47, .14]),
        Of("channel", .45, .3, 0, ["app", "web", "branch", "partner", "phone"], [.46, .28, .12, .09, .05]),
        Of("balance_avg", 0, 0, 0, z => Math.Round(3200 + 1500 * z, 2)),
        Of("balance_min", 0, 0, 0, z => Math.Round(900 + 700 * z, 2)),
        Of("delinq_90d", 0, 0, .5, z => Math.Max(0, Math.Floor(1.1 * z))),
        Of("term", 0, 0, 0, z => 12 * Math.Clamp(Math.Round(3 + 1.4 * z), 1, 7)),
        Of("purpose", 0, .2, 0, ["car", "home", "consolidation", "travel", "education", "other"], [.28, .24, .2, .12, .09, .07]),
        Of("housing", 0, 0, 0, ["rent", "own", "mortgage", "family"], [.38, .22, .3, .1]),
        Of("credit_age", 0, 0, -.5, z => Math.Round(Math.Exp(4.2 + .6 * z))),
        Of("card_type", 0, 0, 0, ["classic", "gold", "platinum", "virtual"], [.55, .25, .12, .08]),
        Of("currency", 0, 0, 0, ["EUR", "USD", "GBP", "CHF", "PLN"], [.72, .12, .08, .05, .03]),
        Of("velocity_1h", .6, .3, 0, z => Math.Floor(Math.Exp(.3 + .7 * z))),
        Of("velocity_24h", .3, .4, 0, z => Math.Floor(Math.Exp(1.9 + .6 * z))),
        Of("ip_risk", .25, 0, 0, z => Logistic(-2 + .9 * z)),
        Of("email_age", 0, 0, 0, z => Math.Round(Math.Exp(6.5 + .9 * z))),
        Of("phone_match", 0, 0, 0, z => Logistic(1.5 + 1.2 * z)),
        Of("doc_score", 0, 0, 0, z => Logistic(.8 + .8 * z)),
        Of("session_len", .3, .2, 0, z => Math.Round(Math.Exp(5.1 + .6 * z))),
    ];

    /// <summary>A number as text leaves it: seven digits are what a service would send.</summary>
    public double Show(double z) => Number!(z);

    /// <summary>The category that a latent value falls into.</summary>
    public string Category(double z)
    {
        double u = Normal.Cumulative(z), sum = 0;
        for (int i = 0; i < Shares.Length - 1; i++)
        {
            sum += Shares[i];
            if (u < sum) { return Categories[i]; }
        }
        return Categories[^1];
    }

    private static DemoFeature Of(string name, double daily, double weekend, double weight, Func<double, double> number) =>
        new(name, daily, weekend, weight, number, [], []);

    private static DemoFeature Of(string name, double daily, double weekend, double weight, ImmutableArray<string> categories, ImmutableArray<double> shares) =>
        new(name, daily, weekend, weight, null, categories, shares);

    /// <summary>The hour itself, as many services log it: all rhythm and no chance.</summary>
    private static DemoFeature OfHour() => Of("hour_of_day", 0, 0, 0, _ => 0);

    private static double Logistic(double x) => Math.Round(1 / (1 + Math.Exp(-x)), 4);
}
