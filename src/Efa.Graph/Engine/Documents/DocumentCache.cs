using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>Documents that were parsed and found valid, the least recently asked for leaving first; bounded by number and by length.</summary>
internal sealed class DocumentCache(Limits limits)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Text, GraphQLDocument Document)>> byText = [];
    private readonly LinkedList<(string Text, GraphQLDocument Document)> byUse = new();
    private int chars;

    public GraphQLDocument? Find(string text)
    {
        lock (gate)
        {
            if (!byText.TryGetValue(text, out LinkedListNode<(string Text, GraphQLDocument Document)>? node)) return null;
            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Document;
        }
    }

    public void Keep(string text, GraphQLDocument document)
    {
        lock (gate)
        {
            if (byText.ContainsKey(text)) return;
            byText[text] = byUse.AddFirst((text, document));
            chars += text.Length;
            while (byUse.Last is { } oldest && (byUse.Count > limits.CachedDocuments || chars > limits.CachedChars))
            {
                byUse.RemoveLast();
                byText.Remove(oldest.Value.Text);
                chars -= oldest.Value.Text.Length;
            }
        }
    }
}
