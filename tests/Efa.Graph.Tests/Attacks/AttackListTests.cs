using System.Reflection;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Attacks;

/// <summary>Each attack of the list is tried by a test that bears its name: <c>dotnet test --filter attack=V12</c>.</summary>
public sealed class AttackListTests
{
    [Fact]
    public void Each_attack_of_the_list_is_tried_and_no_other_is_named()
    {
        string[] listed = [.. File.ReadLines(Repository.PathOf("tests/Efa.Graph.Tests/Attacks/attacks.txt")).Select(line => line.Split(' ', 2)[0])];
        IEnumerable<string> tried = typeof(AttackListTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(TraitAttribute) && (string)attribute.ConstructorArguments[0].Value! == "attack")
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value!);

        Assert.Equal(listed.Order(StringComparer.Ordinal), tried.Distinct().Order(StringComparer.Ordinal));
    }
}
