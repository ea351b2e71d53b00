Console.WriteLine("indices | rows | scalars | likelihood | columns");
