using System.Text;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Operations;

namespace Efa.Graph.Tests.Contract;

public sealed class ErrorPageTests
{
    [Fact]
    public void The_printed_codes_are_those_of_the_server() => Repository.IsAsPrinted("schema/errors.md", Page());

    [Fact]
    public void No_code_has_two_meanings()
    {
        string[] names = [.. ErrorCodes.All.Select(c => c.Name), .. RequestErrors.All.Select(c => c.Name)];

        Assert.Equal(names.Order(StringComparer.Ordinal), names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Matches("^[A-Z][A-Z0-9_]+$", name));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            <!-- Printed by ErrorPageTests; do not edit. -->
            # Codes

            Codes are stable: a code never changes its meaning and is never used again for another. Messages may be reworded; they follow
            `Accept-Language` (German, English) in payloads and are English in request errors.

            ## Request errors

            In `errors[].extensions.code`. The HTTP status is that of an answer in which nothing else is answered.

            | code | status | |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (RequestErrorCode code in RequestErrors.All) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{code.Name}` | {code.Status} | {code.Text} |\n");
        Table(page, "Refusals", "In the `errors` of a payload, as `UserError.code`. A refused mutation has changed nothing.", ErrorClass.Refusal);
        Table(page, "Reasons", "In answers that explain a decision, such as `Eligibility.reasons`.", ErrorClass.Reason);
        return page.ToString();
    }

    private static void Table(StringBuilder page, string title, string text, ErrorClass kind)
    {
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {title}\n\n{text}\n\n| code | German | English |\n|---|---|---|\n");
        foreach (ErrorCode code in ErrorCodes.All.Where(c => c.Class == kind)) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{code.Name}` | {code.Text.German} | {code.Text.English} |\n");
    }
}
