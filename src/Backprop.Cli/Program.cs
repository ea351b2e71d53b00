using Backprop.Cli;

NativeImage.GiveWay(args);
return CommandLine.Run(args);
