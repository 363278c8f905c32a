namespace Bellwether.Statistics.Estimation;

/// <summary>Measures of a yes/no classifier that can be estimated from its probabilities alone. All lie in [0, 1].</summary>
public enum BinaryMeasure
{
    /// <summary>Area under the ROC curve.</summary>
    RocAuc,

    /// <summary>Average precision.</summary>
    AveragePrecision,

    /// <summary>Harmonic mean of precision and recall.</summary>
    F1,

    /// <summary>Share of positives among rows predicted positive.</summary>
    Precision,

    /// <summary>Share of rows predicted positive among positives.</summary>
    Recall,

    /// <summary>Share of rows predicted negative among negatives.</summary>
    Specificity,

    /// <summary>Share of rows predicted right.</summary>
    Accuracy,
}
