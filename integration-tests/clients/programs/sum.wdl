version 1.0

task square {
  input { Int number }
  command <<<
    echo $((~{number} * ~{number})) > square.txt
    echo "$AWS_BATCH_JOB_ID" > job.txt
  >>>
  output {
    File square = "square.txt"
    String job = read_string("job.txt")
  }
  runtime {
    docker: "unused"
    memory: "128 MiB"
    cpu: 1
  }
}

task add {
  input { Array[File] squares }
  command <<<
    cat ~{sep=" " squares} | awk '{ total += $1 } END { print total }'
  >>>
  output { Int total = read_int(stdout()) }
  runtime { docker: "unused" }
}

workflow sum {
  scatter (number in [1, 2, 3]) {
    call square { input: number = number }
  }
  call add { input: squares = square.square }
  output {
    Int total = add.total
    Array[String] jobs = square.job
  }
}
