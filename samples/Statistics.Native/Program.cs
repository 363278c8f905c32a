// Runs one computation of each family of the statistics library, as a program compiled ahead of time:
//   dotnet publish samples/Statistics.Native -c Release -r linux-x64 && samples/Statistics.Native/bin/Release/net10.0/linux-x64/publish/Statistics.Native
// Ends with 1 when an answer is not the expected one.
using System.Runtime.CompilerServices;
using Bellwether.Samples.Statistics;

int wrong = 0;
foreach (var (name, answer, expected, tolerance) in Families.All())
{
    bool agrees = Math.Abs(answer - expected) <= tolerance;
    Console.WriteLine($"{(agrees ? "ok   " : "WRONG")} {name}: {answer:G6}");
    wrong += agrees ? 0 : 1;
}
Console.WriteLine($"compiled {(RuntimeFeature.IsDynamicCodeSupported ? "just in time" : "ahead of time")}, {wrong} wrong");
return wrong == 0 ? 0 : 1;
