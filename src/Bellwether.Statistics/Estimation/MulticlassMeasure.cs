namespace Bellwether.Statistics.Estimation;

/// <summary>Measures of a classifier with K labels that can be estimated from its probabilities alone: means over labels, but for accuracy.</summary>
public enum MulticlassMeasure
{
    /// <summary>Area under the ROC curve, each label against the rest.</summary>
    RocAuc,

    /// <summary>F1.</summary>
    F1,

    /// <summary>Precision.</summary>
    Precision,

    /// <summary>Recall.</summary>
    Recall,

    /// <summary>Specificity.</summary>
    Specificity,

    /// <summary>Share of rows predicted right.</summary>
    Accuracy,
}
