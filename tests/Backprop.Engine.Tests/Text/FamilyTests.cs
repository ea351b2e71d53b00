using System.Reflection;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Each family has one list, and nothing of it is missing there.</summary>
public sealed class FamilyTests
{
    [Fact]
    public void Every_name_is_that_of_its_value()
    {
        Assert.Equal(Activation.Family.Words.Names, Activation.All.Select(known => known.Named.Name));
        Assert.Equal(Loss.Family.Words.Names, Loss.All.Select(known => known.Named.Name));
        Assert.Equal(Optimizer.Family.Words.Names, Optimizer.All.Select(known => known.Named.Name));
        Assert.Equal(Schedule.Family.Words.Names, Schedule.All.Select(known => known.Named.Name));
        Assert.Equal(Initializer.Family.Words.Names, Initializer.All.Select(known => known.Named.Name));
        Assert.Equal(Clip.Forms("X").Select(form => form.Split('=')[0]), Clip.All.Select(known => known.Named.Name));
    }

    [Fact]
    public void Every_formula_is_in_its_list()
    {
        Assert.Equal(Formulas(typeof(IKnownActivation)), Names(Activation.All, known => known.Named));

        // Softmax is no formula of one output, and Adam has two names.
        Assert.Equal([.. Formulas(typeof(IKnownLoss)), "softmax-cross-entropy"], Names(Loss.All, known => known.Named));
        Assert.Equal([.. Formulas(typeof(IUpdateRule)), "adamw"], Names(Optimizer.All, known => known.Named));
    }

    [Fact]
    public void Every_kind_is_in_its_list()
    {
        Assert.Equal(
            Enum.GetNames<ScheduleKind>(), Schedule.All.Select(known => Words(known.Named)), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(
            Enum.GetNames<InitializerKind>(),
            Initializer.All.Select(known => Words(known.Named)),
            StringComparer.OrdinalIgnoreCase);

        static string Words(Named named) => Vocabulary.Letters(named.Name);
    }

    [Fact]
    public void Everything_that_a_caller_can_name_is_in_its_list()
    {
        Assert.Equal(Members<Activation>(), Activation.All.Select(known => known.Name).ToHashSet());
        Assert.Equal(Members<Loss>(), Loss.All.Select(known => known.Name).ToHashSet());
        Assert.Equal(Members<Optimizer>(), Optimizer.All.Select(known => known.Name).ToHashSet());
        Assert.Equal(Members<Initializer>(), Initializer.All.Select(known => known.Name).ToHashSet());
        Assert.Subset(Schedule.All.Select(known => known.Name).ToHashSet(), Members<Schedule>());

        // A clip's limit has no default.
        Assert.Equal(["none"], Members<Clip>());
        Assert.Equal([Clip.ByNorm(1), Clip.ByValue(1), Clip.None], Clip.All);
    }

    [Fact]
    public void The_parameters_that_are_read_are_those_that_a_value_has()
    {
        Check(Activation.All, known => known.Named, text => Activation.Parse(text), []);
        Check(Loss.All.Where(known => known.Kind == LossKind.Plain), known => known.Named, text => Loss.Parse(text), []);
        Check(Optimizer.All, known => known.Named, text => Optimizer.Parse(text), []);
        Check(Schedule.All, known => known.Named, text => Schedule.Parse(text), ["warmup"]);
        Check(Initializer.All, known => known.Named, text => Initializer.Parse(text), []);

        static void Check<T>(IEnumerable<T> all, Func<T, Named> named, Func<string, T> parse, string[] common)
        {
            foreach (T known in all)
            {
                string name = named(known).Name;
                Assert.Equal(known, parse(named(known).ToString()));
                string[] keys = [.. common, .. named(known).Numbers.Select(pair => pair.Key)];
                string message = Assert.Throws<ArgumentException>(() => parse(name + ":other=1")).Message;
                Assert.EndsWith(
                    keys.Length == 0 ? $"'{name}' has no parameters, so 'other' means nothing to it."
                        : $"'{name}' has no parameter 'other'; it has {string.Join(", ", keys)}.",
                    message,
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_every_schedule_takes_is_looked_at_before_its_name() => Assert.Equal(
        "warmup of the schedule 'sine:warmup=1.5' must be a whole number.",
        Assert.Throws<ArgumentException>(() => Schedule.Parse("sine:warmup=1.5")).Message);

    [Fact]
    public void Every_activation_has_an_initializer_that_suits_it() =>
        Assert.All(Activation.All, activation => Assert.Contains(Initializer.DefaultFor(activation), Initializer.All));

    [Fact]
    public void Every_number_of_a_rule_has_a_symbol() => Assert.All(
        Optimizer.All, optimizer => Assert.Equal(optimizer.Named.Numbers.Length, optimizer.Formula.Symbols.Length));

    [Fact]
    public void Every_clip_but_none_makes_a_long_gradient_shorter()
    {
        foreach (Clip clip in Clip.All)
        {
            var run = new UpdateRun<double>(
                new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 1, Clip = clip });
            UpdateRun<double>.Set(run.Parameters, _ => 0);
            UpdateRun<double>.Set(run.Gradients, _ => 8);
            run.Step();
            Assert.All(UpdateRun<double>.Numbers(run.Parameters), after => Assert.Equal(clip == Clip.None, after == -8));
        }
    }

    /// <summary>The names of the structs that have an interface.</summary>
    static HashSet<string> Formulas(Type kind) =>
    [
        .. kind.Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(kind))
            .Select(type => ((Named)type.GetProperty(nameof(Named))!.GetValue(Activator.CreateInstance(type))!).Name),
    ];

    static HashSet<string> Names<T>(IEnumerable<T> all, Func<T, Named> named) => [.. all.Select(known => named(known).Name)];

    /// <summary>The texts of a type's public properties of itself, and of its public methods with default arguments.</summary>
    static HashSet<string> Members<T>()
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<object?> properties = typeof(T).GetProperties(Public)
            .Where(property => property.PropertyType == typeof(T)).Select(property => property.GetValue(null));
        IEnumerable<object?> methods = typeof(T).GetMethods(Public)
            .Where(method => !method.IsSpecialName && method.ReturnType == typeof(T)
                && method.GetParameters() is { Length: > 0 } parameters && parameters.All(parameter => parameter.HasDefaultValue))
            .Select(method => method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.DefaultValue)]));
        return [.. properties.Concat(methods).Select(known => known!.ToString()!)];
    }
}
