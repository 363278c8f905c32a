namespace Bellwether.Statistics.Drift;

/// <summary>Which bins a population stability index is over. Tools mean different ones by the same name, so name it beside the figure.</summary>
public enum PsiBinning
{
    /// <summary>The reference's deciles; both outer bins are open, and equal deciles become one edge. The banks' convention, and the default.</summary>
    ReferenceDeciles,

    /// <summary>Ten bins of equal width over the reference's range; values outside count in the outer bins.</summary>
    ReferenceWidth,

    /// <summary>Ten bins of equal width over the range of both samples together (Frouros).</summary>
    PooledWidth,

    /// <summary>Sturges' number of bins of equal width over the range of both samples together (Evidently, more than 20 distinct reference values).</summary>
    PooledSturges,

    /// <summary>One bin for each distinct value of either sample (Evidently, up to 20 distinct reference values).</summary>
    DistinctValues,
}
