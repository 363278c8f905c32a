using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Bellwether.Benchmarks.DetectorStep).Assembly).Run(args);
