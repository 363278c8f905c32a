namespace Bellwether.Statistics.Tests.Golden;

/// <summary>Answers the cases of some golden files with this library. Implementations are found by reflection: writing one is all it takes.</summary>
internal interface IGoldenFamily
{
    /// <summary>Whether this family answers the cases of the file, named without ending. Exactly one family does for each file.</summary>
    bool Reads(string file);

    /// <summary>
    /// Computes what the case asks and compares each of its outputs through <paramref name="comparison"/>. A case that the library
    /// answers otherwise on purpose says so with <see cref="GoldenComparison.Otherwise"/>; the choice rests on the case's function,
    /// parameters and inputs, never on its id, so that other files of the same family are judged alike.
    /// </summary>
    void Answer(GoldenCase golden, GoldenComparison comparison);
}
