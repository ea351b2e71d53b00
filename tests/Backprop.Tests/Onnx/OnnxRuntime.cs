using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Backprop.Tests;

/// <summary>Runs models with ONNX Runtime itself, by the node script in tests/onnxruntime.</summary>
static class OnnxRuntime
{
    public sealed record Job(byte[] Model, Dictionary<string, object> Inputs, int Rows);

    public sealed record Output(string Type, int[] Dimensions, string[] Texts, double[] Numbers);

    /// <summary>The outputs of each job by name; one process runs all jobs.</summary>
    public static Dictionary<string, Output>[] Run(params IReadOnlyList<Job> jobs)
    {
        string folder = Path.Combine(Root(), "tests", "onnxruntime");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node")))
        {
            Assert.Fail("ONNX Runtime is not set up. With Node.js installed, run once in the repository: "
                + "npm ci --prefix tests/onnxruntime --ignore-scripts");
        }

        DirectoryInfo temporary = Directory.CreateTempSubdirectory("backprop-onnx-");
        try
        {
            var list = new JsonArray();
            for (int i = 0; i < jobs.Count; i++)
            {
                string model = Path.Combine(temporary.FullName, $"{i}.onnx");
                File.WriteAllBytes(model, jobs[i].Model);
                var inputs = new JsonObject();
                foreach ((string name, object values) in jobs[i].Inputs)
                    inputs[name] = Input(values, jobs[i].Rows);
                list.Add((JsonNode)new JsonObject { ["model"] = model, ["inputs"] = inputs });
            }

            string path = Path.Combine(temporary.FullName, "jobs.json");
            File.WriteAllText(path, list.ToJsonString());
            using JsonDocument results = JsonDocument.Parse(Node(folder, path));
            return [.. results.RootElement.EnumerateArray().Select(Outputs)];
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    static JsonObject Input(object values, int rows)
    {
        (string type, JsonNode?[] data) = values switch
        {
            float[] numbers => ("float32", numbers.Select(x => (JsonNode?)JsonValue.Create(x.ToString("R", CultureInfo.InvariantCulture))).ToArray()),
            double[] numbers => ("float64", numbers.Select(x => (JsonNode?)JsonValue.Create(x.ToString("R", CultureInfo.InvariantCulture))).ToArray()),
            string[] texts => ("string", texts.Select(x => (JsonNode?)JsonValue.Create(x)).ToArray()),
            _ => throw new NotSupportedException(),
        };
        return new JsonObject { ["type"] = type, ["dims"] = new JsonArray(rows, data.Length / rows), ["data"] = new JsonArray(data) };
    }

    static string Node(string folder, string jobs)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "run.mjs"), jobs])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"node ended with {process.ExitCode}: {errors.Result}");
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("Node.js is not installed; ONNX Runtime runs in it. Install it, then run in the repository: "
                + "npm ci --prefix tests/onnxruntime --ignore-scripts");
            throw;
        }
    }

    static Dictionary<string, Output> Outputs(JsonElement result)
    {
        if (result.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String)
            Assert.Fail($"ONNX Runtime refused the model: {error.GetString()}");

        return result.EnumerateObject().ToDictionary(output => output.Name, output =>
        {
            JsonElement value = output.Value;
            string type = value.GetProperty("type").GetString()!;
            string[] texts = [.. value.GetProperty("data").EnumerateArray().Select(item => item.ToString())];
            return new Output(
                type,
                [.. value.GetProperty("dims").EnumerateArray().Select(item => item.GetInt32())],
                texts,
                type == "string" ? [] : [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))]);
        }, StringComparer.Ordinal);
    }

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
