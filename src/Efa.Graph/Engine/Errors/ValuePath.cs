using System.Globalization;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Errors;

/// <summary>Finds the way to a value, as clients see it: answer names of the fields, the argument, and what follows inside it.</summary>
internal static class ValuePath
{
    /// <summary>From the engine's name of a part of a variable, such as <c>input.items[0].amount</c>.</summary>
    public static IReadOnlyList<object> OfVariable(string name)
    {
        List<object> path = ["variables"];
        foreach (string part in name.Split('.', '['))
            path.Add(part.EndsWith(']') ? int.Parse(part[..^1], CultureInfo.InvariantCulture) : part);
        return path;
    }

    /// <summary>To the value that begins at a place in the text; null where that is in none of the operation's arguments or defaults.</summary>
    public static IReadOnlyList<object>? To(GraphQLDocument document, GraphQLOperationDefinition? operation, int position)
    {
        List<object> path = [];
        foreach (GraphQLOperationDefinition candidate in operation is null ? document.Definitions.OfType<GraphQLOperationDefinition>() : [operation])
        {
            foreach (GraphQLVariableDefinition variable in candidate.Variables?.Items ?? [])
                if (Holds(variable, position))
                    return variable.DefaultValue is { } value ? Into(value, position, ["variables", variable.Variable.Name.StringValue]) : ["variables", variable.Variable.Name.StringValue];
            if (Arguments(candidate.Directives, position, path) || Selections(document, candidate.SelectionSet, position, path, [])) return path;
        }
        return null;
    }

    private static bool Selections(GraphQLDocument document, GraphQLSelectionSet? set, int position, List<object> path, HashSet<string> entered)
    {
        foreach (ASTNode selection in set?.Selections ?? [])
        {
            bool found = selection switch
            {
                GraphQLField field => Field(document, field, position, path, entered),
                GraphQLInlineFragment inline => Arguments(inline.Directives, position, path) || Selections(document, inline.SelectionSet, position, path, entered),
                GraphQLFragmentSpread spread => Arguments(spread.Directives, position, path) || Spread(document, spread, position, path, entered),
                _ => false,
            };
            if (found) return true;
        }
        return false;
    }

    private static bool Field(GraphQLDocument document, GraphQLField field, int position, List<object> path, HashSet<string> entered)
    {
        path.Add((field.Alias?.Name ?? field.Name).StringValue);
        if (Arguments(field.Arguments, position, path) || Arguments(field.Directives, position, path)
            || Selections(document, field.SelectionSet, position, path, entered)) return true;
        path.RemoveAt(path.Count - 1);
        return false;
    }

    private static bool Spread(GraphQLDocument document, GraphQLFragmentSpread spread, int position, List<object> path, HashSet<string> entered)
    {
        string name = spread.FragmentName.Name.StringValue;
        return entered.Add(name)
            && document.Definitions.OfType<GraphQLFragmentDefinition>().FirstOrDefault(f => f.FragmentName.Name.StringValue == name) is { } fragment
            && Selections(document, fragment.SelectionSet, position, path, entered);
    }

    private static bool Arguments(GraphQLDirectives? directives, int position, List<object> path)
    {
        foreach (GraphQLDirective directive in directives?.Items ?? [])
            if (Arguments(directive.Arguments, position, path))
                return true;
        return false;
    }

    private static bool Arguments(GraphQLArguments? arguments, int position, List<object> path)
    {
        foreach (GraphQLArgument argument in arguments?.Items ?? [])
        {
            if (!Holds(argument, position)) continue;
            path.Add(argument.Name.StringValue);
            Into(argument.Value, position, path);
            return true;
        }
        return false;
    }

    private static List<object> Into(GraphQLValue value, int position, List<object> path)
    {
        if (value is GraphQLListValue list)
        {
            foreach ((int i, GraphQLValue item) in (list.Values ?? []).Index())
                if (Holds(item, position))
                    return Further(i, item);
        }
        else if (value is GraphQLObjectValue @object)
        {
            foreach (GraphQLObjectField field in @object.Fields ?? [])
                if (Holds(field, position))
                    return Further(field.Name.StringValue, field.Value);
        }
        return path;

        List<object> Further(object step, GraphQLValue inner)
        {
            path.Add(step);
            return Into(inner, position, path);
        }
    }

    private static bool Holds(ASTNode node, int position) => node.Location.Start <= position && position < node.Location.End;
}
