namespace Bellwether.Acceptance.Tests;

/// <summary>Tests that take the time: nothing else of this module runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
