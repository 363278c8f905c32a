namespace Bellwether.Statistics.Drift;

/// <summary>One rhythm factor: group means in angle, shrunk to zero by how much of their spread is noise.</summary>
internal static class RhythmFit
{
    /// <summary>Fits one factor on top of those before it, adds it to <paramref name="effects"/> and its variance to <paramref name="vf"/>.</summary>
    /// <returns>Groups × J angle differences, or null when the data cannot tell groups from noise.</returns>
    public static double[]? TryFit(
        ReadOnlySpan<long> counts, ReadOnlySpan<long> rows, RhythmFactor factor, int[] keys,
        double[] p, double[] angles, double[] effects, double[] vf)
    {
        int events = p.Length;
        var units = Units.Of(counts, rows, factor.UnitWindows, keys, angles, effects);
        double[] groupRows = new double[factor.Groups];
        for (int u = 0; u < units.Length; u++) { groupRows[units.Key[u]] += units.Rows[u]; }
        int present = groupRows.Count(n => n > 0);
        if (present < 2 || units.Length <= present) { return null; }

        double total = groupRows.Sum();
        double[] table = new double[factor.Groups * events];
        double[] groupCounts = new double[factor.Groups], groupExpected = new double[factor.Groups];
        for (int j = 0; j < events; j++)
        {
            Array.Clear(groupCounts);
            Array.Clear(groupExpected);
            for (int u = 0; u < units.Length; u++)
            {
                groupCounts[units.Key[u]] += units.Counts[u * events + j];
                groupExpected[units.Key[u]] += units.Expected[u * events + j];
            }
            double spread = 0;
            for (int k = 0; k < factor.Groups; k++)
            {
                if (groupRows[k] == 0) { continue; }
                double g = Angle.Of((groupCounts[k] + p[j]) / (groupRows[k] + 1)) - Angle.Of(groupExpected[k] / groupRows[k]);
                table[k * events + j] = g;
                spread += groupRows[k] * g * g;
            }
            spread /= total;

            double noise = 0;
            for (int u = 0; u < units.Length; u++)
            {
                double n = units.Rows[u];
                double e = Angle.ClipRate(units.Expected[u * events + j] / n);
                double left = EventReferenceFit.Residual(units.Counts[u * events + j], n, e) - table[units.Key[u] * events + j];
                noise += n * left * left;
            }
            noise = noise / total * present / (units.Length - present);

            // A factor is kept only where it clearly pays: an unneeded one would add its own noise to every baseline.
            double kept = spread > 2 * noise ? 1 - noise / spread : 0;
            for (int k = 0; k < factor.Groups; k++) { table[k * events + j] *= kept; }
            vf[j] += kept * noise * factor.UnitWindows;
        }

        for (int w = 0; w < rows.Length; w++)
        {
            for (int j = 0; j < events; j++) { effects[w * events + j] += table[keys[w] * events + j]; }
        }
        return table;
    }

    /// <summary>Windows summed into the factor's units; units without rows and an incomplete last unit are left out.</summary>
    private sealed record Units(int Length, int[] Key, double[] Rows, double[] Counts, double[] Expected)
    {
        public static Units Of(
            ReadOnlySpan<long> counts, ReadOnlySpan<long> rows, int unitWindows, int[] keys, double[] angles, double[] effects)
        {
            int events = angles.Length, most = rows.Length / unitWindows, length = 0;
            var units = new Units(most, new int[most], new double[most], new double[most * events], new double[most * events]);
            for (int u = 0; u < most; u++)
            {
                long n = 0;
                foreach (long one in rows.Slice(u * unitWindows, unitWindows)) { n += one; }
                if (n == 0) { continue; }
                units.Key[length] = keys[u * unitWindows];
                units.Rows[length] = n;
                for (int w = u * unitWindows; w < (u + 1) * unitWindows; w++)
                {
                    for (int j = 0; j < events; j++)
                    {
                        units.Counts[length * events + j] += counts[w * events + j];
                        units.Expected[length * events + j] += rows[w] * Angle.Rate(angles[j] + effects[w * events + j]);
                    }
                }
                length++;
            }
            return units with { Length = length };
        }
    }
}
