namespace Bellwether.Dashboard.Tests.Samples;

/// <summary>A wandering line in about [−1, 1] that is the same on every machine.</summary>
internal static class Wave
{
    public static double At(int i, int seed) =>
        (Math.Sin((i * 0.9) + seed) + Math.Sin((i * 2.3) + (seed * 1.7)) + Math.Sin((i * 5.1) + (seed * 0.3)) + Math.Sin((i * 11.7) + (seed * 2.9))) / 2.6;
}
