namespace Bellwether.Statistics.Estimation;

/// <summary>Errors of predicted numbers that can be estimated before outcomes come. All are ≥ 0.</summary>
public enum RegressionMeasure
{
    /// <summary>Mean absolute error.</summary>
    MeanAbsoluteError,

    /// <summary>Mean of |error|/|outcome|.</summary>
    MeanAbsolutePercentageError,

    /// <summary>Mean squared error.</summary>
    MeanSquaredError,

    /// <summary>Mean squared difference of ln(1 + value).</summary>
    MeanSquaredLogError,

    /// <summary>Root of the mean squared error.</summary>
    RootMeanSquareError,

    /// <summary>Root of the mean squared difference of ln(1 + value).</summary>
    RootMeanSquaredLogError,
}
