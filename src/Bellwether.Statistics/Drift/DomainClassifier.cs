namespace Bellwether.Statistics.Drift;

/// <summary>How well a classifier tells rows of a window from rows of the reference: the area under its ROC curve on rows it has not seen.</summary>
/// <remarks>
/// Near ½ without drift, whatever the kind of drift towards 1: also when only how columns go together has changed. It says where the data
/// moved, not whether the model suffers; a window of another season alone is told apart easily. The classes' rows are dealt to five folds in
/// their order, so that rows ordered in time are judged by trees that learned from other times: with a trend inside the samples the area can lie
/// below ½, and rows far from all that was learned are ranked by rounding, so that the area is known to a few
/// hundredths. Boosted trees as in NannyML's domain classifier; categories come as ordered codes.
/// Source: D. Lopez-Paz, M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017.
/// </remarks>
public static class DomainClassifier
{
    private const int Folds = 5;

    /// <param name="reference">n ≥ 5 rows, one after another; NaN is missing.</param>
    /// <param name="current">m ≥ 5 rows.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <returns>In [0, 1]; NaN, cannot tell, where either sample has fewer than five rows. O((n + m)·columns·5·100 trees): seconds for 10⁵ rows.</returns>
    /// <exception cref="ArgumentException">The values do not fill rows, or one is infinite.</exception>
    public static double Auc(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int columns)
    {
        int n = Rows.Require(reference, columns, 0, nameof(reference), allowMissing: true);
        int m = Rows.Require(current, columns, 0, nameof(current), allowMissing: true);
        double[] all = [.. reference, .. current];
        bool[] isCurrent = new bool[n + m];
        Array.Fill(isCurrent, true, n, m);
        return Auc(all, isCurrent, columns);
    }

    /// <summary>The area where the window's rows lie among the reference's, as a chunk of the reference does among its other chunks.</summary>
    /// <param name="rows">n rows, one after another; NaN is missing.</param>
    /// <param name="isCurrent">Which of the n rows are the window's.</param>
    /// <param name="columns">Values in a row, at least 1.</param>
    /// <returns>In [0, 1]; NaN, cannot tell, where fewer than five rows are, or are not, the window's.</returns>
    /// <exception cref="ArgumentException">The values do not fill rows, one is infinite, or the lengths differ.</exception>
    public static double Auc(ReadOnlySpan<double> rows, ReadOnlySpan<bool> isCurrent, int columns)
    {
        int n = Rows.Require(rows, columns, 0, nameof(rows), allowMissing: true);
        if (isCurrent.Length != n) { throw new ArgumentException($"Expected {n} flags, got {isCurrent.Length}.", nameof(isCurrent)); }
        int ofCurrent = isCurrent.Count(true);
        if (ofCurrent < Folds || n - ofCurrent < Folds) { return double.NaN; }
        double[][] byColumn = [.. Enumerable.Range(0, columns).Select(_ => new double[n])];
        for (int i = 0; i < rows.Length; i++) { byColumn[i % columns][i / columns] = rows[i]; }
        bool[] labels = isCurrent.ToArray();
        int[] folds = Deal(labels);
        double[] scores = new double[n];
        var options = new BoostedTreesOptions();
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] learned = [.. Enumerable.Range(0, n).Where(i => folds[i] != fold)], judged = [.. Enumerable.Range(0, n).Where(i => folds[i] == fold)];
            double[] predicted = BoostedTrees.Fit(byColumn, labels, learned, options).Predict(byColumn, judged);
            for (int i = 0; i < judged.Length; i++) { scores[judged[i]] = predicted[i]; }
        }
        return Area(scores, labels);
    }

    /// <summary>Each class's rows in five blocks in their order, the sizes as scikit-learn's stratified folds have them.</summary>
    private static int[] Deal(bool[] labels)
    {
        int first = labels[0] ? labels.Count(label => label) : labels.Count(label => !label); // Rows of the class that comes first.
        int[] folds = new int[labels.Length];
        foreach (bool label in (bool[])[labels[0], !labels[0]])
        {
            int begin = label == labels[0] ? 0 : first, end = label == labels[0] ? first : labels.Length;
            int fold = 0, left = Size(0);
            for (int i = 0; i < labels.Length; i++)
            {
                if (labels[i] != label) { continue; }
                while (left == 0) { left = Size(++fold); }
                folds[i] = fold;
                left--;
            }

            // How many places of the class, in the order of classes, are left after the fold's number by division by five.
            int Size(int of) => Places(end, of) - Places(begin, of);
        }
        return folds;

        static int Places(int before, int of) => (before - of + Folds - 1) / Folds;
    }

    /// <summary>The chance that a row of the window scores above one of the reference, ties counting half (Mann–Whitney).</summary>
    private static double Area(double[] scores, bool[] labels)
    {
        double[] ascending = [.. scores];
        bool[] classes = [.. labels];
        Array.Sort(ascending, classes);
        double wins = 0, below = 0, positives = 0;
        for (int i = 0; i < ascending.Length;)
        {
            double ties = 0, won = 0;
            int j = i;
            for (; j < ascending.Length && ascending[j] == ascending[i]; j++)
            {
                if (classes[j]) { won++; }
                else { ties++; }
            }
            wins += won * (below + ties / 2);
            below += ties;
            positives += won;
            i = j;
        }
        return wins / (positives * below);
    }
}
