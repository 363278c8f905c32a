namespace Bellwether.Statistics.Ranking;

/// <summary>What becomes of queries without any relevant item, which no ranking can answer.</summary>
public enum EmptyQueries
{
    /// <summary>They count as 0.</summary>
    CountAsZero,

    /// <summary>They are left out.</summary>
    LeaveOut,
}
