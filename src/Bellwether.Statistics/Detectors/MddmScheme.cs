namespace Bellwether.Statistics.Detectors;

/// <summary>How the weights of <see cref="Mddm"/> grow from the oldest value of its window to the newest.</summary>
public enum MddmScheme
{
    /// <summary>MDDM-A: 1, 1 + d, 1 + 2d, …; d is the growth.</summary>
    Arithmetic,

    /// <summary>MDDM-G: r, r², r³, …; r is one plus the growth.</summary>
    Geometric,

    /// <summary>MDDM-E: 1, e^λ, e^2λ, …; λ is the growth.</summary>
    Euler,
}
