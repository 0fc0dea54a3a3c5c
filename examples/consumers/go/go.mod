module rollcall.example/consumer

go 1.19
