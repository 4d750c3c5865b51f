terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "endpoint" { type = string }
variable "name" { type = string }
variable "max_vcpus" { type = number }
variable "priority" { type = number }
variable "stage" { type = string }

provider "aws" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
  default_tags {
    tags = { made-by = "terraform" }
  }
  endpoints {
    batch = var.endpoint
    iam   = var.endpoint
    sts   = var.endpoint
  }
}

resource "aws_batch_scheduling_policy" "this" {
  name = var.name
  fair_share_policy {
    compute_reservation = 1
    share_decay_seconds = 3600
    share_distribution {
      share_identifier = "A*"
      weight_factor    = 0.5
    }
  }
  tags = { stage = var.stage }
}

resource "aws_batch_compute_environment" "this" {
  compute_environment_name = var.name
  type                     = "MANAGED"
  service_role             = "arn:aws:iam::000000000000:role/batch"
  compute_resources {
    type                = "EC2"
    allocation_strategy = "BEST_FIT_PROGRESSIVE"
    min_vcpus           = 0
    max_vcpus           = var.max_vcpus
    instance_type       = ["optimal"]
    instance_role       = "arn:aws:iam::000000000000:instance-profile/ecs"
    security_group_ids  = ["sg-1"]
    subnets             = ["subnet-1"]
    tags                = { host = "yes" }
  }
  tags = { stage = var.stage }
}

resource "aws_batch_job_queue" "this" {
  name                  = var.name
  state                 = "ENABLED"
  priority              = var.priority
  scheduling_policy_arn = aws_batch_scheduling_policy.this.arn
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.this.arn
  }
  tags = { stage = var.stage }
}

resource "aws_batch_job_definition" "this" {
  name = var.name
  type = "container"
  container_properties = jsonencode({
    image   = "busybox"
    command = ["echo", var.stage]
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "64" },
    ]
  })
  parameters = { whom = "world" }
  retry_strategy {
    attempts = 3
    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
    }
    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
  timeout { attempt_duration_seconds = 600 }
  tags = { stage = var.stage }
}
