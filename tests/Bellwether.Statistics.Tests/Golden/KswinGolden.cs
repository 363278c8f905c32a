using Bellwether.Statistics.Detectors;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Distance and p-value of the newest values of a window against all older ones, at every few values.</summary>
internal sealed class KswinGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("c_kswin", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        var p = golden.Params;
        int window = p.GetProperty("window_size").GetInt32(), step = p.GetProperty("step").GetInt32();
        // No test is that significant, so that no drift empties the window.
        var detector = new Kswin(new KswinOptions(1e-300, window, p.GetProperty("stat_size").GetInt32(), step));
        double[] stream = DetectorStream.Of(golden);
        var trace = golden.Outputs.GetProperty("trace").EnumerateArray();
        int rows = 0;
        for (int i = 0; i < stream.Length; i++)
        {
            detector.Update(stream[i]);
            if (i < window - 1 || (i - window + 1) % step != 0) { continue; }
            if (!trace.MoveNext())
            {
                comparison.Fault($"trace ends before index {i}");
                return;
            }
            rows++;
            comparison.Exactly("index", trace.Current[0].GetInt32(), i);
            comparison.Number($"D at {i}", trace.Current[1], detector.Distance, golden.Tolerance);
            comparison.Number($"p at {i}", trace.Current[2], detector.PValue, golden.Tolerance);
        }
        comparison.Exactly("rows", golden.Outputs.GetProperty("trace").GetArrayLength(), rows);
    }
}
