namespace Bellwether.Statistics.Drift;

/// <summary>Which law of the Cramér–von Mises statistic gives the p-value.</summary>
public enum CramerVonMisesMethod
{
    /// <summary><see cref="Exact"/> where neither sample has more than 20 values, <see cref="Asymptotic"/> beyond, as in scipy.</summary>
    Auto,

    /// <summary>The exact law for continuous data, up to n·m = 1,024. With ties it is a guide only: tied samples can lie beyond all untied ones.</summary>
    Exact,

    /// <summary>The limiting law of the one-sample statistic, with Anderson's correction of mean and variance. Absolute error of the series below 1e-9.</summary>
    Asymptotic,
}
