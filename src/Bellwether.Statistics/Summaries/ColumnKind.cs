namespace Bellwether.Statistics.Summaries;

/// <summary>How a column's values are counted.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, counted between edges.</summary>
    Numeric,

    /// <summary>Texts, counted by category.</summary>
    Categorical,
}
